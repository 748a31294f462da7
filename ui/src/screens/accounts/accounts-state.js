// Owns the shape of what the screen knows of one connection's accounts, and how it begins.

/**
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 * @import { Form } from "./account-form.js"
 * @typedef {"saving" | "creating" | "readingBack"} Writing
 * @typedef {object} AccountsState
 * @property {string} typed what stands in the search field
 * @property {string} search what was searched for among the accounts seen here
 * @property {KnownAccount[]} rows at most 200
 * @property {number} matched
 * @property {number} total accounts seen by this computer
 * @property {boolean} loaded the register answered once
 * @property {Failure | null} listFailure why it could not be read
 * @property {Form | null} form the account shown, or the new one
 * @property {string | null} missing the name that the server does not know
 * @property {string | null} asking the name the server is being asked for
 * @property {Writing | null} writing
 * @property {boolean} stopping
 * @property {Failure | null} failure how the last question to the server failed
 * @property {(() => void) | null} leaving what waits until the person said what becomes of the form
 */

/** @returns {AccountsState} */
export function initialState() {
  return {
    typed: "",
    search: "",
    rows: [],
    matched: 0,
    total: 0,
    loaded: false,
    listFailure: null,
    form: null,
    missing: null,
    asking: null,
    writing: null,
    stopping: false,
    failure: null,
    leaving: null,
  };
}
