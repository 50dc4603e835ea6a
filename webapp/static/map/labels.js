// Names on the map: shown from their zoom on, never over one another nor under marks where there is room beside.

const SHIFTS = [["", 0], ["below", 24], ["above", -24], ["far-below", 44], ["far-above", -44]]; // as in map.css

export function keepLabelsApart(atlas) {
  let frame = null;
  atlas.map.on("zoomend moveend labelschange", () => {
    if (document.documentElement.dataset.mapReady) {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        arrangeLabels(atlas);
      });
    }
  });
}

export function arrangeLabels({ map, labels }) {
  const zoom = map.getZoom();
  const view = map.getBounds().pad(0.05);
  const shown = [];
  for (const label of [...labels].sort((one, other) => one.rank - other.rank)) {
    const { tooltip } = label;
    if (label.isOff || zoom < label.zoom || !view.contains(tooltip.getLatLng())) {
      tooltip.remove();
      continue;
    }
    if (!map.hasLayer(tooltip)) {
      tooltip.addTo(map);
    }
    tooltip.getElement().classList.remove(...SHIFTS.slice(1).map(([name]) => name));
    shown.push(tooltip.getElement());
  }
  const marks = [...map.getContainer().querySelectorAll(".case-marker, .cluster")].map((node) => node.getBoundingClientRect());
  place(shown.map((node) => [node, node.getBoundingClientRect()]), marks);
}

function place(labels, marks) {
  const taken = [];
  for (const [node, box] of labels) {
    const isFree = (spot, others) => !others.some((other) => meet(spot, other));
    const isShown = isFree(box, taken);
    node.classList.toggle("crowded", !isShown);
    if (isShown) {
      const spots = SHIFTS.map(([name, by]) => [name, moved(box, by)]);
      const [name, spot] = spots.find(([, one]) => isFree(one, taken) && isFree(one, marks)) ?? spots[0];
      taken.push(spot);
      name && node.classList.add(name);
    }
  }
}

function moved({ left, right, top, bottom }, by) {
  return { left, right, top: top + by, bottom: bottom + by };
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
