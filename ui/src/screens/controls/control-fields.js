// Owns how the fields of a control are named and written: words where the service documents them, else as they came.
import { hasText, text } from "../../i18n/text.js";
import { dateShown, spanShown } from "./control-dates.js";
import { wordFor } from "./control-words.js";

/**
 * @import { ControlDetail } from "../../generated/ControlDetail.ts"
 * @import { FieldShown } from "../../generated/FieldShown.ts"
 * @typedef {object} FieldLine
 * @property {string} name
 * @property {boolean} named false where the name is the API's own
 * @property {string} path
 * @property {string | null} value null where it is not provided
 * @property {string | null} field the API's name of a state, which has a word and a sign
 * @property {"text" | "raw" | "date"} look
 * @property {string | null} note
 * @property {string | null} hover
 */

/** Fields whose values are a list: one that is not known is shown raw. */
const LISTS = new Set(["health", "freshness", "implementation", "testingStatus", "automation", "status", "controlType", "freshnessPolicy", "type"]);

const CUSTOM = "customFields.";
const STATES = new Set(["health", "freshness", "implementation", "testingStatus"]);

/** Fields shown first, in the order of reading, there or not. `owner` is the row's. */
const LEADING = ["domainName", "owner", "implementation", "testingStatus", "automation", "freshAsOfDate", "freshForDuration", "updatedOn"];


/** @param {string} path */
function nameOf(path) {
  const custom = path.startsWith(CUSTOM) && !/^\d/.test(path.slice(CUSTOM.length));
  if (custom) return { name: path.slice(CUSTOM.length), named: true };
  const id = `field-${path.replaceAll(".", "-")}`;
  const known = /^[\w.]+$/.test(path) && hasText(id);
  return known ? { name: text(id), named: true } : { name: path, named: false };
}

/** @param {string} path @param {string} value @returns {Pick<FieldLine, "value" | "look" | "note" | "hover">} */
function written(path, value) {
  const last = path.slice(path.lastIndexOf(".") + 1);
  const plain = { value, look: /** @type {const} */ ("text"), note: null, hover: null };
  const word = wordFor(path.startsWith(CUSTOM) ? "" : path.replaceAll(".", "-"), value);
  if (word !== null) return { ...plain, value: word };
  if (LISTS.has(last)) return { ...plain, look: "raw" };
  if (/(On|Date)$/.test(last)) return { ...plain, look: "date", value: dateShown(value)?.words ?? value, hover: dateShown(value)?.hover ?? null };
  const span = last === "freshForDuration" ? spanShown(value) : null;
  if (span) return { ...plain, value: span, note: value };
  return { ...plain, look: /^(id|\w*Id|createdBy|updatedBy|language|locale|timeZone)$/.test(last) ? "raw" : "text" };
}

/** @param {FieldShown} field @returns {FieldLine} */
function line({ path, value }) {
  const shown = value === null || value === "" ? { value: null, look: /** @type {const} */ ("text"), note: null, hover: null } : written(path, value);
  const field = STATES.has(path) && value !== null && wordFor(path, value) !== null ? path : null;
  return { ...nameOf(path), path, field, ...shown, ...(field ? { value } : {}) };
}

/** What a person reads first. @param {ControlDetail} detail @returns {FieldLine[]} */
export function leadingFields({ fields, row }) {
  /** @param {string} path @returns {FieldShown} */
  const there = (path) => fields.find((field) => field.path === path) ?? { path, value: null };
  const first = LEADING.map((path) => line(path === "owner" ? { path, value: row.owner } : there(path)));
  const custom = fields.filter((field) => field.path.startsWith(CUSTOM) && nameOf(field.path).named).map(line);
  return [...first.slice(0, -1), ...custom, ...first.slice(-1), line(there("description"))];
}

/** Every field the server sent, in its order. @param {ControlDetail} detail */
export function allFields({ fields }) {
  return fields.map(line);
}

/** The fields as text, one a line. @param {ControlDetail} detail */
export function fieldsAsText({ fields }) {
  return fields.map(({ path, value }) => `${path}\t${value?.replace(/[\t\r\n]+/g, " ") ?? ""}`).join("\n");
}
