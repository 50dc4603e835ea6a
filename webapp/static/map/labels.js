// Names on the map: shown from their zoom on, and never over one another; the more important name stays.

export function keepLabelsApart(atlas) {
  const { map } = atlas;
  map.on("zoomend moveend labelschange", () => arrange(atlas));
}

function arrange({ map, labels }) {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(0.05);
  const taken = [];
  for (const label of [...labels].sort((one, other) => one.rank - other.rank)) {
    const { tooltip } = label;
    const isWanted = !label.isOff && zoom >= label.zoom && view.contains(tooltip.getLatLng());
    if (!isWanted) {
      tooltip.remove();
      continue;
    }
    if (!map.hasLayer(tooltip)) {
      tooltip.addTo(map);
    }
    const box = tooltip.getElement().getBoundingClientRect();
    const isFree = !taken.some((other) => meet(box, other));
    tooltip.getElement().classList.toggle("crowded", !isFree);
    if (isFree) {
      taken.push(box);
    }
  }
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
