// Owns the words of the page: `text(id, args)` finds them in the Fluent files of the language.
import { addTo, bundleOf, formatted } from "./bundle.js";
import accounts from "./en-US/accounts.ftl?raw";
import connections from "./en-US/connections.ftl?raw";
import controls from "./en-US/controls.ftl?raw";
import doctor from "./en-US/doctor.ftl?raw";
import errors from "./en-US/errors.ftl?raw";
import requests from "./en-US/requests.ftl?raw";
import shell from "./en-US/shell.ftl?raw";

export const LOCALE = "en-US";

/** The words of the first screen. Reading them all would cost every start what only the other screens need. */
const bundle = bundleOf(LOCALE, [shell, errors, connections]);
/** Read with the first word that is not among those of the first screen. */
let later = [controls, accounts, doctor, requests];

/** @param {string} id @param {Record<string, string | number>} [args] */
function found(id, args) {
  const words = formatted(bundle, id, args);
  if (words !== null || later.length === 0) return words;
  addTo(bundle, later);
  later = [];
  return formatted(bundle, id, args);
}

/**
 * The words for `id` (`message` or `message.attribute`). A missing one shows its id, so that it is seen and mended.
 * @param {string} id
 * @param {Record<string, string | number>} [args]
 */
export function text(id, args) {
  return found(id, args) ?? id;
}

/** Whether there are words for `id`. @param {string} id */
export function hasText(id) {
  return found(id, {}) !== null;
}
