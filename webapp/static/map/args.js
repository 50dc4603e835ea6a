// The conditions of a query as an address carries them: pairs of name and value, in order. Needs no page.
// @ts-check
/** @import { State } from "./wire.js" */

/** @typedef {State["args"]} Args */

const NEAR = "near";
const WITHIN_KM = "within_km";

/**
 * @param {Args} args
 * @param {string} field
 */
export function valuesOf(args, field) {
  return args.filter(([name]) => name === field).map(([, value]) => value);
}

/**
 * The first value of a field; "" for none.
 * @param {Args} args
 * @param {string} field
 */
export function valueOf(args, field) {
  const [value = ""] = valuesOf(args, field);
  return value;
}

/**
 * All conditions on a field, replaced.
 * @param {Args} args
 * @param {string} field
 * @param {(string | number)[]} values
 * @returns {Args}
 */
export function withField(args, field, values) {
  const others = args.filter(([name]) => name !== field);
  return [...others, ...values.map((value) => /** @type {[string, string]} */ ([field, String(value)]))];
}

/**
 * One value, taken in or left out.
 * @param {Args} args
 * @param {string} field
 * @param {string} value
 */
export function withToggled(args, field, value) {
  const values = valuesOf(args, field);
  return withField(args, field, values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
}

/**
 * @param {Args} args
 * @param {string} field
 * @param {string} value
 */
export function without(args, field, value) {
  return args.filter(([name, one]) => name !== field || one !== value);
}

/**
 * What is left of conditions when others are gone: a distance needs `near`, a certainty some condition of place.
 * @param {Args} args
 * @param {string[]} placeFields
 */
export function thatHold(args, placeFields) {
  const isNear = valuesOf(args, NEAR).length > 0;
  const hasPlace = args.some(([name]) => placeFields.includes(name));
  return args.filter(([name]) => (isNear || name !== WITHIN_KM) && (hasPlace || name !== "certainty"));
}

/**
 * What the query is near to: addresses of features, and within how many kilometres; none where it does not say.
 * @param {Args} args
 * @returns {{ addresses: string[], km: number | null }}
 */
export function nearOf(args) {
  const km = valueOf(args, WITHIN_KM);
  return { addresses: valuesOf(args, NEAR), km: km === "" ? null : Number(km) };
}

/**
 * Near to one feature instead, or, with the address "", to none.
 * @param {Args} args
 * @param {string} address
 * @param {string} km as it was typed; nothing is 0
 */
export function withNear(args, address, km) {
  return withField(withField(args, NEAR, address ? [address] : []), WITHIN_KM, address ? [km || "0"] : []);
}

/**
 * Whether two values of the state say the same.
 * @template T
 * @param {T} one
 * @param {T} other
 */
export function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
