// What the server sends, as scripts/make_types.py finds it declared in webapp/map/wire.py. Do not edit.

/** What stands below the map. */
export interface AttributionPart {
  text: string;
}

/** What the base map shows, as its legend tells it: a key of the schemes, or `names` or `towns`. */
export interface BaseEntry {
  id: string;
  title: string;
}

/** A name on the base map, drawn from `zoom` on; `kind` is the layer it comes from, `id` the feature there. */
export interface BaseLabel {
  name: string;
  at: LatLon;
  zoom: number;
  kind: string;
  has_dot: boolean;
  id: string;
}

/** The base map, from bottom to top; land and borders are made of `borders`. */
export interface BaseMap {
  parts: BaseShape[];
  borders: BorderLines;
  labels: BaseLabel[];
}

/** The base map: where it is fetched, its entries, how it is drawn by day and by night, online maps in its place. */
export interface BasePart {
  url: string;
  towns: string;
  towns_from: number;
  entries: BaseEntry[];
  schemes: Record<string, Record<string, PathStyle>>;
  tiles: BaseTiles | null;
  online: OnlineMap[];
}

/** A part of the base map, drawn from `zoom` on; `style` is a key of the schemes. */
export interface BaseShape {
  style: string;
  zoom: number;
  fades_from: number | null;
  shape: Thin;
}

/** Vector tiles of an imported extract, below all else: their address, layers from bottom to top, and zooms. */
export interface BaseTiles {
  url: string;
  layers: string[];
  from_zoom: number;
  to_zoom: number;
  attribution: string;
  schemes: Record<string, Record<string, PathStyle>>;
}

/** The borders of the counties, each line once, and what is drawn of them. */
export interface BorderLines {
  lines: Thin;
  city: number[];
  counties: Record<string, number[][]>;
}

/** A case, with its shapes; `position` is its label point, None for the whole region. */
export interface CaseDetails {
  id: string;
  title: Told;
  theme: string;
  theme_name: string;
  membership: string;
  evidence: string;
  status: string;
  status_as_of: string | null;
  period: Period;
  cities: string[];
  summary: Told;
  facts: string[];
  problem: Told | null;
  mechanism: Told | null;
  reusable: Told | null;
  figures: string[];
  partners: string[];
  places: PlaceText[];
  sources: SourceText[];
  related: RelatedText[];
  is_region_wide: boolean;
  schematic: boolean;
  precision: string;
  position: LatLon | null;
  shapes: CaseShape[];
  elsewhere: OtherMap[];
  citation: string;
  page: string;
  exports: Record<string, string>;
}

/** A case on the map, at its label point or where it matches; the precision of that place shapes the mark. */
export interface CaseMark {
  id: string;
  title: string;
  theme: string;
  precision: "exact" | "street" | "town" | "zone" | "line" | "county" | "belt" | "city" | "region";
  schematic: boolean;
  at: LatLon;
}

/** A footprint of the case that is open; points of `radius_m` metres are circles, of 0 dots. */
export interface CaseShape {
  name: string;
  schematic: boolean;
  radius_m: number;
  shape: Thin;
}

/** The cases that are counted at a county or city: how many, and the first of them. */
export interface CasesAt {
  count: number;
  cases: ListedCase[];
}

/** Where what is drawn and told of cases and features is fetched; `_` and `-` stand for ids. */
export interface CasesPart {
  marks: string;
  at: string;
  counted_below: number;
  classes: number[];
  shades: Record<string, string[]>;
  outlines: string;
  details: string;
  feature: string;
  styles: Record<string, ThemeStyle>;
  themes: string[];
}

/** One condition of the query, and how people call it. */
export interface Chip {
  name: string;
  value: string;
  label: string;
}

/** A value of `near`, and how people call it. */
export interface Choice {
  value: string;
  label: string;
}

/** The features of a layer that `near` may name. */
export interface ChoiceGroup {
  title: string;
  choices: Choice[];
}

/** Cases that would lie over one another: their mean position, and how many there are of each theme. */
export interface ClusterMark {
  at: LatLon;
  themes: Record<string, number>;
  box: LatLonBox | null;
  cases: CaseMark[];
}

/** A value that the query could also ask for, and how many cases would have it. */
export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

/** A column of a feature and what it says. */
export interface FactText {
  name: string;
  value: string;
}

/** A feature of a layer, with its shape; `precision_m`: how far it may be off, metres. */
export interface FeatureDetails {
  id: string;
  layer: string;
  layer_title: string;
  name: Told;
  facts: FactText[];
  status: string;
  rating: string;
  schematic: boolean;
  precision_m: number | null;
  note: string | null;
  source: string;
  is_point: boolean;
  shape: Thin;
  elsewhere: OtherMap[];
  page: string;
  exports: Record<string, string>;
}

/** A condition that the form of the map offers. */
export interface FilterField {
  id: string;
  title: string;
  kind: "text" | "choice" | "single" | "near" | "year" | "shape";
  choices: Choice[];
  least: number | null;
  most: number | null;
}

/** The state that the page opens with. */
export interface FirstState {
  args: [string, string][];
  open: string | null;
  view: View | null;
  layers: string[] | null;
  base: string | null;
  scheme: string | null;
  tour: string | null;
  at: string | null;
  problems: string[];
  place_fields: string[];
}

/** What the map shows at first, and where nothing is to be looked at. */
export interface HomePart {
  box: LatLonBox;
}

/** A position. */
export interface LatLon {
  lat: number;
  lon: number;
}

/** What lies between two parallels and two meridians. */
export interface LatLonBox {
  south: number;
  west: number;
  north: number;
  east: number;
}

/** A layer that can be switched on: how it is drawn and what the legend tells; `rank` is its place in the list. */
export interface LayerOptions {
  id: string;
  rank: number;
  group: string;
  group_title: string;
  title: string;
  geometry: string;
  count: number;
  export: string;
  page: string;
  style: LayerStyle;
  dark: string;
  kinds: LineKindLook[];
  base: boolean;
  ratings: string;
  dated: string | null;
  source: string | null;
}

/** A feature of a layer; `line` says how a line is drawn, other features are drawn as their shape is. */
export interface LayerShape {
  id: string;
  name: string;
  schematic: boolean;
  shape: Thin;
  line: LineLook | null;
}

/** How a layer is drawn; schematic features are dashed whatever stands here. */
export interface LayerStyle {
  color: string;
  weight: number;
  fill_opacity: number;
  dash: string;
  is_shown_first: boolean;
  label_from: number;
}

/** The layers, and where their shapes are fetched: `_` stands for ids, separated by commas. */
export interface LayersPart {
  layers: LayerOptions[];
  url: string;
}

/** Where a line leaves the area: its arrow, the degrees clockwise from north that this points to, and its goal. */
export interface LineEnd {
  at: LatLon;
  bearing: number;
  name: string | null;
}

/** A kind of the lines of a layer: its name in the legend, its colours by day and by night, its width in pixels. */
export interface LineKindLook {
  id: string;
  title: string;
  color: string;
  dark: string;
  weight: number;
}

/** How a line is told apart: an id of `kinds`, or empty; its number, or empty; what of it is drawn; its ends. */
export interface LineLook {
  kind: string;
  planned: boolean;
  shield: string;
  strokes: LineStroke[];
  ends: LineEnd[];
}

/** A part of a line as it is drawn. */
export interface LineStroke {
  dashed: boolean;
  shape: Thin;
}

/** A case of a county or city, as a list names it. */
export interface ListedCase {
  id: string;
  title: string;
}

/** The window that the map begins with, and its zooms. */
export interface MapPart {
  view: View;
  min_zoom: number;
  max_zoom: number;
}

/** What a window shows; the largest clusters first. */
export interface MarksInView {
  cases: CaseMark[];
  clusters: ClusterMark[];
  counties: PlaceCount[];
  cities: PlaceCount[];
}

/** A group of matches: how many cases it has under all but `certainty`, and whether the query asks for it. */
export interface MatchGroup {
  value: string;
  label: string;
  meaning: string;
  count: number;
  chosen: boolean;
}

/** Tiles of another host: their address with {z} {x} {y}, attribution as text, datum; deep enough for the map. */
export interface OnlineMap {
  id: string;
  title: string;
  url: string;
  attribution: string;
  datum: string;
}

/** A position on a map of others; `position` is a text "lon,lat" in the datum of that map. */
export interface OtherMap {
  map: string;
  datum: string;
  url: string;
  position: string;
}

/** A shape that several cases may share, by their ids. */
export interface Outline {
  cases: string[];
  schematic: boolean;
  radius_m: number;
  shape: Thin;
}

/** What a click on an outline needs to know of its case. */
export interface OutlinedCase {
  theme: string;
  title: string;
}

/** The shapes of the cases that fulfil a query, and those cases by id. */
export interface Outlines {
  shapes: Outline[];
  cases: Record<string, OutlinedCase>;
}

/** Every part of the page by its name. */
export interface Parts {
  map: MapPart;
  home: HomePart;
  attribution: AttributionPart;
  base: BasePart;
  layers: LayersPart;
  cases: CasesPart;
  results: ResultsPart;
}

/** How a part of the base map is drawn: path options of Leaflet. */
export interface PathStyle {
  stroke?: boolean;
  color?: string;
  weight?: number;
  opacity?: number;
  dashArray?: string;
  fillColor?: string;
  fillOpacity?: number;
  radius?: number;
}

/** When a case held; None is open or unknown. */
export interface Period {
  start: string | null;
  end: string | null;
}

/** How many cases lie in a county, or are known by a city only; `at` is inside it. */
export interface PlaceCount {
  id: string;
  name: string;
  at: LatLon;
  count: number;
}

/** A place as the record mentions it, and what it was found to be; `fallback`: it was not found. */
export interface PlaceText {
  mention: string;
  name: string;
  precision: string;
  radius: string | null;
  schematic: boolean;
  fallback: boolean;
}

/** A case that is related, and why. */
export interface RelatedText {
  id: string;
  title: string;
  why: string;
}

/** A change that finds something: without a condition, or with it wider, `within_km` kilometres. */
export interface RelaxedQuery {
  name: string;
  label: string;
  within_km: number | null;
  count: number;
  args: [string, string][];
}

/** The same cases elsewhere: the list without scripts, and two downloads. */
export interface ResultLinks {
  list: string;
  points: string;
  shapes: string;
}

/** A case in the list: `named` in the press release, `region`: of the whole region, without a mark. */
export interface ResultRow {
  id: string;
  title: string;
  theme: string;
  named: boolean;
  where: string;
  precision: "exact" | "street" | "town" | "zone" | "line" | "county" | "belt" | "city" | "region";
  region: boolean;
  untranslated: boolean;
  match: string | null;
  why: string | null;
}

/** The first piece, with all that the page shows of the query; facets by field. */
export interface Results {
  matched: number;
  located: number;
  region_wide: number;
  offset: number;
  cases: ResultRow[];
  args: [string, string][];
  chips: Chip[];
  groups: MatchGroup[];
  warnings: string[];
  facets: Record<string, FacetValue[]>;
  relaxations: RelaxedQuery[];
  links: ResultLinks;
}

/** Where the list, the choices of `near` and the tours are fetched; the form; short names of parameters. */
export interface ResultsPart {
  results: string;
  choices: string;
  tours: string;
  fields: FilterField[];
  short: Record<string, string>;
}

/** Counts, and the rows from `offset` on. */
export interface ResultsPiece {
  matched: number;
  located: number;
  region_wide: number;
  offset: number;
  cases: ResultRow[];
}

/** Where something of a case is documented. */
export interface SourceText {
  title: string;
  publisher: string | null;
  date: string | null;
  url: string | null;
  rating: string;
}

/** What an address of the map restores (webapp/map/view_state.py); what it does not say is None. */
export interface State {
  args: [string, string][];
  open: string | null;
  view: View | null;
  layers: string[] | null;
  base: string | null;
  scheme: string | null;
  tour: string | null;
  at: string | null;
}

/** The corners of one line or ring: the first in units of the geometry, each other one as its step from the last. */
export interface Steps {
  lon: number[];
  lat: number[];
}

/** Colour and letter of a theme; the letter stands where colour alone would have to tell. */
export interface ThemeStyle {
  color: string;
  ink: string;
  mark_zh: string;
  mark_en: string;
}

/** A geometry in units of 10^-digits degrees, WGS-84. The rings of an area fill by the even-odd rule. */
export interface Thin {
  kind: "point" | "line" | "area";
  digits: number;
  parts: Steps[];
}

/** A text, and whether it stands in the language asked for. */
export interface Told {
  text: string;
  translated: boolean;
}

/** A guided tour. */
export interface Tour {
  id: string;
  title: string;
  steps: TourStep[];
}

/** One state of the map: conditions, what to bring into view, layers, and a few sentences with their source. */
export interface TourStep {
  args: [string, string][];
  look: string;
  layers: string[];
  text: string;
  source: string;
}

/** A window of the map; `zoom` of web maps: the world is 256 · 2^zoom pixels wide. */
export interface View {
  zoom: number;
  center: LatLon;
}

/** The words that the scripts show. */
export interface Words {
  atlas: string;
  close: string;
  details: string;
  status: string;
  period: string;
  date: string;
  cities: string;
  cases: string;
  where: string;
  places: string;
  problem: string;
  mechanism: string;
  reusable: string;
  figures: string;
  partners: string;
  sources: string;
  source: string;
  source_by_feature: string;
  rating: string;
  precision_m: string;
  note: string;
  region_wide: string;
  related: string;
  schematic: string;
  fallback: string;
  not_translated: string;
  page: string;
  print: string;
  export_as: string;
  copy_citation: string;
  copied: string;
  elsewhere: string;
  elsewhere_hint: string;
  previous: string;
  next: string;
  cases_here: string;
  cases_within: string;
  within_km: string;
  show: string;
  cluster: string;
  counted: string;
  where_hint: string;
  region_heading: string;
  more: string;
  remove: string;
  remove_all: string;
  nothing: string;
  drop: string;
  widen: string;
  within: string;
  pick_on_map: string;
  area: string;
  in_view: string;
  draw_box: string;
  draw_polygon: string;
  other_conditions: string;
  pick_now: string;
  draw_box_now: string;
  draw_polygon_now: string;
  polygon_crosses: string;
  layers: string;
  outlines: string;
  opacity: string;
  as_of: string;
  only_in_view: string;
  base_map: string;
  base_own: string;
  base_none: string;
  base_shows: string;
  scheme: string;
  scheme_auto: string;
  scheme_light: string;
  scheme_dark: string;
  mark_sharp: string;
  mark_circle: string;
  mark_line: string;
  mark_area: string;
  mark_schematic: string;
  here: string;
  cases_outlined: string;
  show_whole: string;
  towards: string;
  legend_reading: string;
  line_solid: string;
  line_dashed: string;
  line_planned: string;
  legend_ring: string;
  legend_outline: string;
  legend_arrow: string;
  legend_shades: string;
  base_draws_it: string;
  tour: string;
  tours: string;
  tour_steps: string;
  tour_keys: string;
  other_tours: string;
  play: string;
  pause: string;
  loading: string;
  failed: string;
  retry: string;
  address_problems: string;
  zoom_in: string;
  zoom_out: string;
  precision_exact: string;
  precision_street: string;
  precision_town: string;
  precision_zone: string;
  precision_line: string;
  precision_county: string;
  precision_belt: string;
  precision_city: string;
  precision_region: string;
  named: string;
}
