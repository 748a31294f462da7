// Owns the words of the Accounts screen that depend on a state: faults, results, rows. Chosen by code, never by message.
import { failureWords } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { LONGEST, isDirty, sent } from "./account-form.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 * @import { Item } from "../../components/item-list.js"
 * @import { FieldName, Form } from "./account-form.js"
 * @typedef {"openThere" | "replaceSecret" | "keychain"} Wanted
 * @typedef {{ error: string | null, serverWords: string | null }} Beside
 */

/** The id of the new account's row; no userid is one word without a colon. */
export const NEW_ROW = "new";

/** A userid as the id of an element: no spaces, whatever the server sent. @param {string} userid */
export const rowId = (userid) => encodeURIComponent(userid);

/** The name people read first. @param {{ displayName: string | null, username: string }} account */
export const nameOf = (account) => account.displayName?.trim() || account.username;

/** @param {KnownAccount} account @returns {Item} */
export function itemOf(account) {
  const detail = account.email ? text("accounts-row", { username: account.username, email: account.email }) : account.username;
  return { id: rowId(account.userid), title: nameOf(account), detail };
}

/** The row of an account that is not there yet. @param {Form} form @returns {Item} */
export function newItem(form) {
  const refused = form.result?.is === "refused";
  const unknown = form.result?.is === "unknown";
  const detail = refused ? "accounts-row-refused" : unknown ? "accounts-row-unknown" : "accounts-row-new";
  return { id: NEW_ROW, title: text("accounts-new"), detail: text(detail), ...(refused ? { detailTone: "bad" } : {}) };
}

/** How many characters are too many. @param {Form} form @param {FieldName} field */
const over = (form, field) => [...sent(form.typed, field)].length - LONGEST[field];

/** @param {Failure} failure @param {FieldName} field @returns {Beside} */
function refusalBeside(failure, field) {
  if (failure.code === "input-invalid" && failure.message) return { error: failure.message, serverWords: failure.serverWords };
  const taken = failure.code === "already-exists" && field !== "displayName";
  const failed = failure.code === "server-failed" && field === "email";
  const words = text(taken ? `accounts-taken-${field}` : failed ? "accounts-email-perhaps-taken" : "accounts-value-refused");
  return { error: failure.serverWords ? text("accounts-server-said", { words }) : words, serverWords: failure.serverWords };
}

/** What stands under a field: the server's refusal, else the fault of what is typed. @param {Form} form @param {FieldName} field @returns {Beside} */
export function beside(form, field) {
  const refusal = form.refusals.find((failure) => failure.field === field);
  if (refusal) return refusalBeside(refusal, field);
  const fault = form.touched.includes(field) ? form.faults.find((found) => found.field === field) : undefined;
  // What the account has already is not sent, so it is not blamed.
  const unchanged = form.base !== null && form.typed[field] === (form.base[field] ?? "");
  if (!fault || unchanged) return { error: null, serverWords: null };
  const empty = form.typed[field].trim() === "" && field === "username";
  const words = text(empty ? "account-fault-username-missing" : `account-fault-${fault.fault}`, { over: over(form, field) });
  const quoted = fault.serverWords && !empty;
  return quoted
    ? { error: text("accounts-server-would", { words }), serverWords: fault.serverWords }
    : { error: words, serverWords: null };
}

/** "in practice.example" @param {ConnectionCard} card @param {string | null} authority */
export function whereWords(card, authority) {
  if (authority) return text("accounts-in", { authority });
  return card.kind === "practice" ? text("accounts-in-practice") : text("accounts-in-unknown", { label: card.label });
}

/** What a failure asks the person to press, where this screen has a button for it. @param {Failure} failure @returns {Wanted | null} */
export function wantedOf(failure) {
  if (failure.action === "replaceSecret") return "replaceSecret";
  return failure.action === "unlockKeychain" || failure.action === "installKeychain" ? "keychain" : null;
}

/** The failure that the status bar names. @param {Form | null} form @returns {Failure | null} */
export function failureIn(form) {
  const result = form?.result;
  if (!result) return null;
  if (result.is === "refused") return result.failures[0] ?? null;
  return "failure" in result ? result.failure : null;
}

/** "1 field changed", "1 unsaved". @param {Form | null} form @param {number} changed */
export function changeWords(form, changed) {
  if (!isDirty(form)) return "";
  return text("accounts-changed", { count: changed, shown: number(changed) });
}

/** What is true, then what to do, of a write that certainly did nothing. @param {Failure} failure @param {boolean} created */
export function nothingWritten(failure, created) {
  const { happened, next } = failureWords(failure);
  const again = failure.retryable && failure.waitSeconds === null;
  return `${happened} ${text("accounts-nothing-written")} ${again ? text(created ? "accounts-create-again" : "accounts-save-again") : next}`;
}
