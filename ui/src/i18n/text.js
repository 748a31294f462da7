// Owns the words of the page: `text(id, args)` finds them in the Fluent files of the language.
import { bundleOf, formatted } from "./bundle.js";
import accounts from "./en-US/accounts.ftl?raw";
import connections from "./en-US/connections.ftl?raw";
import controls from "./en-US/controls.ftl?raw";
import doctor from "./en-US/doctor.ftl?raw";
import errors from "./en-US/errors.ftl?raw";
import requests from "./en-US/requests.ftl?raw";
import shell from "./en-US/shell.ftl?raw";

export const LOCALE = "en-US";

const bundle = bundleOf(LOCALE, [shell, errors, connections, controls, accounts, doctor, requests]);

/**
 * The words for `id` (`message` or `message.attribute`). A missing one shows its id, so that it is seen and mended.
 * @param {string} id
 * @param {Record<string, string | number>} [args]
 */
export function text(id, args) {
  return formatted(bundle, id, args) ?? id;
}

/** Whether there are words for `id`. @param {string} id */
export function hasText(id) {
  return formatted(bundle, id, {}) !== null;
}
