#!/bin/sh
# Fetch what stock folium links on other hosts, from the npm registry, into build/peers.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build/peers
npm install --silent --no-audit --no-fund --prefix build/peers leaflet.markercluster@1.5.3 jquery@3.7.1 bootstrap@5.2.2 \
	leaflet.awesome-markers@2.0.5 @fortawesome/fontawesome-free@6.2.0
