// Owns what is typed about one account: what of it is changed, what is sent, and how it differs from what is there.
// Must not decide what is valid: the backend's check does.

/**
 * @import { AccountFaultShown } from "../../generated/AccountFaultShown.ts"
 * @import { AccountCreateRequest } from "../../generated/AccountCreateRequest.ts"
 * @import { AccountUpdateRequest } from "../../generated/AccountUpdateRequest.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 * @typedef {"username" | "email" | "displayName"} FieldName
 * @typedef {Record<FieldName, string>} Typed
 * @typedef {{ field: FieldName, there: string }} Difference
 * @typedef {{ is: "doneReadBack" | "gone" }
 *   | { is: "differs", differences: Difference[], asBefore: boolean, account: KnownAccount }
 *   | { is: "notDone" | "unknown" | "failed", failure: Failure }
 *   | { is: "notThere" }
 *   | { is: "refused", failures: Failure[] }} Result how the last write or reading of the form ended
 * @typedef {object} Form
 * @property {KnownAccount | null} base the account as the server last told it; null for a new one
 * @property {Typed} typed
 * @property {FieldName[]} touched fields whose faults are shown
 * @property {AccountFaultShown[]} faults of the values typed
 * @property {Failure[]} refusals of the server, each until its field is changed
 * @property {string | null} normalForm the username in the form in which it is unique
 * @property {KnownAccount | null} namesake an account seen here with the username typed
 * @property {KnownAccount | null} addressee an account seen here with the e-mail address typed
 * @property {Result | null} result
 */

/** Longest values by the service's rule, for the counters. */
export const LONGEST = /** @type {const} */ ({ username: 30, email: 100, displayName: 30 });

/** The fields in the order of the form. */
export const FIELDS = /** @type {const} */ (["username", "email", "displayName"]);

/** @param {KnownAccount | null} base @param {string} [username] @returns {Form} */
export function formOf(base, username = "") {
  return {
    base,
    typed: {
      username: base?.username ?? username,
      email: base?.email ?? "",
      displayName: base?.displayName ?? "",
    },
    touched: [],
    faults: [],
    refusals: [],
    normalForm: null,
    namesake: null,
    addressee: null,
    result: null,
  };
}

/** As it is sent: the backend trims names and addresses too. @param {Typed} typed @param {FieldName} field */
export const sent = (typed, field) => (field === "displayName" ? typed[field] : typed[field].trim());

/** The fields that differ from what the server has, or from an empty form. @param {Form} form @returns {FieldName[]} */
export function changedFields({ base, typed }) {
  return FIELDS.filter((field) => (base && field === "username" ? false : sent(typed, field) !== (base?.[field] ?? "")));
}

/** Whether leaving would lose something. @param {Form | null} form */
export function isDirty(form) {
  return form !== null && changedFields(form).length > 0;
}

/** The fields that would be sent. @param {Form} form @returns {FieldName[]} */
export function sentFields(form) {
  return form.base ? changedFields(form) : [...FIELDS];
}

/** The faults of what would be sent, in the order of the form. @param {Form} form */
export function faultsSent(form) {
  const fields = sentFields(form);
  return form.faults.filter(({ field }) => fields.includes(/** @type {FieldName} */ (field)));
}

/** @param {Form} form @returns {AccountCreateRequest} */
export function createRequest({ typed }) {
  return { username: sent(typed, "username"), email: sent(typed, "email"), displayName: typed.displayName };
}

/** @param {Form} form @param {string} userid @returns {AccountUpdateRequest} */
export function updateRequest(form, userid) {
  const changed = changedFields(form);
  /** @param {FieldName} field */
  const value = (field) => (changed.includes(field) ? sent(form.typed, field) : null);
  return { userid, email: value("email"), displayName: value("displayName") };
}

/**
 * Where an account read back is not what was sent. The username is compared by the server, in its own way; a new account
 * without a display name is sent none.
 * @param {Form} form @param {KnownAccount} account @returns {Difference[]}
 */
export function differences(form, account) {
  const compared = sentFields(form).filter((field) => field !== "username" && (form.base || sent(form.typed, field) !== ""));
  return compared
    .filter((field) => sent(form.typed, field) !== (account[field] ?? ""))
    .map((field) => ({ field, there: account[field] ?? "" }));
}

/**
 * The form of an account that was just written; what was typed since it was sent stays typed.
 * @param {KnownAccount} account @param {Typed} sentValues @param {Typed} typed @returns {Form}
 */
export function writtenForm(account, sentValues, typed) {
  const form = formOf(account);
  const later = FIELDS.filter((field) => field !== "username" && typed[field] !== sentValues[field]);
  return { ...form, typed: { ...form.typed, ...Object.fromEntries(later.map((field) => [field, typed[field]])) } };
}

/** Whether every difference is the value of before: nothing was written. @param {Form} form @param {Difference[]} found */
export function isAsBefore({ base }, found) {
  return base !== null && found.every(({ field, there }) => there === (base[field] ?? ""));
}

/** The authority of a userid, "" where there is none. @param {string} userid */
export function authorityOf(userid) {
  const at = userid.lastIndexOf("@");
  return at < 0 ? "" : userid.slice(at + 1);
}

/** The name inside a userid or the name itself. @param {string} typed */
export function usernameOf(typed) {
  const bare = typed.trim().replace(/^acct:/, "");
  const at = bare.lastIndexOf("@");
  return at < 0 ? bare : bare.slice(0, at);
}
