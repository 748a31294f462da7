// Owns the words, drawings and colours of values the services document. A value it does not know has none of them.
import { LOCALE, hasText, text } from "../../i18n/text.js";

/**
 * @import { IconName } from "../../components/icon.js"
 * @import { FacetField } from "../../generated/FacetField.ts"
 * @typedef {"ok" | "warn" | "bad" | "quiet" | "dim" | "plain"} WordTone
 * @typedef {{ icon?: IconName, iconTone?: WordTone, tone: WordTone }} Sign
 */

/** @type {Record<string, Record<string, Sign>>} */
const SIGNS = {
  health: {
    critical: { icon: "octagon-cross", iconTone: "bad", tone: "bad" },
    atRisk: { icon: "triangle", iconTone: "warn", tone: "warn" },
    healthy: { icon: "circle-tick", iconTone: "ok", tone: "plain" },
    notAvailable: { icon: "circle-dash", iconTone: "dim", tone: "dim" },
  },
  implementation: {
    completed: { icon: "circle-full", iconTone: "ok", tone: "plain" },
    inProgress: { icon: "circle-half", iconTone: "dim", tone: "plain" },
    notStarted: { icon: "circle", iconTone: "dim", tone: "plain" },
    unknown: { icon: "circle-dotted", iconTone: "dim", tone: "dim" },
  },
  freshness: { expired: { tone: "bad" }, unknown: { tone: "dim" }, noFreshness: { tone: "dim" } },
  testingStatus: { ineffective: { tone: "bad" }, notTested: { tone: "dim" } },
};

/** @type {Sign} */
const PLAIN = { tone: "plain" };

/** The values of a facet that stay visible without a single row, in their order. */
export const FACET_VALUES = /** @type {const} */ ({
  health: ["critical", "atRisk", "healthy", "notAvailable"],
  freshness: ["fresh", "expired", "unknown", "noFreshness"],
});

/** Facets in the order of the pane. @type {FacetField[]} */
export const FACETS = ["health", "freshness", "status", "domain", "owner"];

/** @param {string} field the API's name @param {string} value @returns {string | null} null for a value that is not known */
export function wordFor(field, value) {
  if (!/^\w+$/.test(value)) return null;
  const id = `value-${field}-${value}`;
  return hasText(id) ? text(id) : null;
}

/** @param {string} field @param {string} value @returns {Sign} */
export function signFor(field, value) {
  const signs = SIGNS[field];
  return signs && Object.hasOwn(signs, value) ? (signs[value] ?? PLAIN) : PLAIN;
}

/** The API's name of what a facet filters. @param {FacetField} field */
export function apiName(field) {
  return field === "domain" ? "domainName" : field;
}

/** @param {FacetField} field @param {string | null} value */
export function facetWord(field, value) {
  if (value === null) return text("not-provided");
  return wordFor(apiName(field), value) ?? value;
}

/** The same inside a sentence: states in small letters, names as they are. @param {FacetField} field @param {string | null} value */
export function facetWordWithin(field, value) {
  const known = value === null ? text("not-provided") : wordFor(apiName(field), value);
  return known?.toLocaleLowerCase(LOCALE) ?? value ?? "";
}
