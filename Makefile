# make serve          set up, build the catalogue, serve the map on http://127.0.0.1:8000
# make test           set up (with Chromium and a Chinese font), run every check and every test but those of clients
# make test-clients   set up QGIS, GDAL's tools and LibreOffice; have real clients read the API and the exports

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: serve test check test-clients clean

serve: .venv/runtime.stamp
	$(BIN)/tongcheng serve --port $(PORT)

test: .venv/dev.stamp .venv/browser.stamp
	scripts/check --no-tests
	$(BIN)/pytest -m "not clients" --hypothesis-profile=usual

check: .venv/dev.stamp
	scripts/check

test-clients: .venv/dev.stamp .venv/clients.stamp
	$(BIN)/pytest -m clients

.venv/runtime.stamp: requirements.txt pyproject.toml $(wildcard geo/translations/*/LC_MESSAGES/*.po)
	scripts/setup $(PYTHON) requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt pyproject.toml package-lock.json $(wildcard geo/translations/*/LC_MESSAGES/*.po)
	scripts/setup $(PYTHON) requirements-dev.txt
	scripts/setup-javascript
	touch $@ .venv/runtime.stamp

.venv/browser.stamp: .venv/dev.stamp scripts/setup-browser
	scripts/setup-browser
	touch $@

.venv/clients.stamp: .venv/dev.stamp scripts/setup-clients
	scripts/setup-clients
	touch $@

clean:
	rm -rf .venv node_modules build dist
