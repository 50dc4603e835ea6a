// What the query is near to: drawn on the map with the land within its distance.
import { drawn, SCHEMATIC } from "./geometry.js";
import { FEATURE_COLOR } from "./panel.js";

const FEATURE = { color: FEATURE_COLOR, weight: 4, opacity: 0.8, fillOpacity: 0.08 };
const ZONE = { color: FEATURE_COLOR, fillColor: FEATURE_COLOR, opacity: 0.14, fillOpacity: 0.14, lineCap: "round", lineJoin: "round" };

export class Near {
  constructor(atlas) {
    this.atlas = atlas;
    this.withinKm = 0;
    this.zones = L.featureGroup().addTo(atlas.map);
    this.features = L.featureGroup().addTo(atlas.map);
    atlas.store.listen((now, before) => {
      if (asked(now.args) !== asked(before.args)) {
        this.show(now.args);
      }
    });
    atlas.map.on("zoomend", () => this.widen());
  }

  async show(args) {
    const wanted = asked(args);
    const addresses = args.filter(([name]) => name === "near").map(([, address]) => address);
    const found = await Promise.allSettled(addresses.map((address) => this.atlas.panel.fetch(address)));
    if (asked(this.atlas.store.now.args) !== wanted) {
      return;
    }
    this.zones.clearLayers();
    this.features.clearLayers();
    this.withinKm = Number(args.find(([name]) => name === "within_km")?.[1] ?? 0);
    found.forEach(({ value }) => value && this.draw(value)); // an extra: the chip names what did not load
    this.widen();
    document.documentElement.dataset.near = String(this.features.getLayers().length);
  }

  draw({ shape, schematic }) {
    const below = { renderer: this.atlas.renderers.chosen, pane: "chosen", interactive: false };
    if (this.withinKm > 0) {
      drawn(shape, { ...ZONE, ...below }, this.withinKm * 1000).addTo(this.zones);
    }
    drawn(shape, { ...FEATURE, ...below, dashArray: schematic ? SCHEMATIC : null }).addTo(this.features);
    this.zones.bringToBack();
  }

  // The zone is a stroke as wide as the distance to both sides, in pixels of this zoom; circles have their own radius.
  widen() {
    const { map } = this.atlas;
    const middle = map.getCenter();
    const px = map.project(middle).distanceTo(map.project(L.latLng(middle.lat + this.withinKm / 111.2, middle.lng)));
    this.zones.eachLayer((zone) => zone.setStyle({ weight: zone instanceof L.Circle ? 0 : 2 * px }));
  }
}

function asked(args) {
  return args.filter(([name]) => name === "near" || name === "within_km").join(";");
}
