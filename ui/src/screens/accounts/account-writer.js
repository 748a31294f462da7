// Owns creating and changing the account of the form, and saying truly how it ended.
// Must not send anything twice by itself: after no answer it only reads, and only when the person asks.
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { createRequest, differences, faultsSent, isAsBefore, isDirty, sentFields, updateRequest, writtenForm } from "./account-form.js";

/**
 * @import { Application } from "../../application.js"
 * @import { AccountShown } from "../../generated/AccountShown.ts"
 * @import { CreateOutcome } from "../../generated/CreateOutcome.ts"
 * @import { ErrorCode } from "../../generated/ErrorCode.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { Store } from "../../store.js"
 * @import { Form, Result } from "./account-form.js"
 * @import { AccountsState, Writing } from "./accounts-state.js"
 * @import { FormCheck } from "./form-check.js"
 */

/** Failures that can only come before anything was sent. @type {ErrorCode[]} */
const BEFORE_SENDING = [
  "keychain-absent", "keychain-locked", "keychain-denied", "keychain-timed-out", "keychain-failed", "credential-missing",
  "connection-unknown", "kind-unsuited", "input-invalid", "settings-failed", "practice-failed", "request-too-large",
];

export class AccountWriter {
  #app;
  #connection;
  #store;
  #check;
  #readList;
  /** A press is being followed; a second one meanwhile is none. */
  #pressed = false;
  /** The form as it was sent last: what an answer is about. @type {Form | null} */
  #sent = null;

  /**
   * @param {Application} app @param {string} connection @param {Store<AccountsState>} store @param {FormCheck} check
   * @param {() => Promise<void>} readList reads the accounts seen here again
   */
  constructor(app, connection, store, check, readList) {
    this.#app = app;
    this.#connection = connection;
    this.#store = store;
    this.#check = check;
    this.#readList = readList;
  }

  get #form() {
    return /** @type {Form} */ (this.#store.state.form);
  }

  /** @param {Partial<Form>} change */
  #put(change) {
    if (this.#store.state.form) this.#store.update({ form: { ...this.#form, ...change } });
  }

  /** Saves or creates what is typed. Nothing is sent while a rule is broken or nothing changed. */
  async save() {
    if (this.#pressed || this.#store.state.writing || !this.#store.state.form) return;
    this.#pressed = true;
    try {
      await this.#checkAndSend();
    } finally {
      this.#pressed = false;
    }
  }

  async #checkAndSend() {
    if (this.#form.base && !isDirty(this.#form)) return;
    await this.#check.run();
    if (!this.#store.state.form) return;
    this.#put({ touched: sentFields(this.#form) });
    if (faultsSent(this.#form).length > 0) return;
    const form = this.#form;
    this.#sent = form;
    await this.#during(form.base ? "saving" : "creating", async () => this.#ended(await this.#send(form)));
  }

  /** @param {Form} form @returns {Promise<CreateOutcome>} */
  #send(form) {
    const { commands } = this.#app;
    return form.base
      ? commands.accountUpdate(this.#connection, updateRequest(form, form.base.userid))
      : commands.accountCreate(this.#connection, createRequest(form));
  }

  /** Asks what became of a write that was not answered. */
  async readBack() {
    const sent = this.#sent;
    if (this.#store.state.writing || !this.#store.state.form || !sent) return;
    const asked = sent.base?.userid ?? createRequest(sent).username;
    await this.#during("readingBack", async () => {
      const answer = await this.#app.commands.accountLookUp(this.#connection, asked);
      if (answer.is === "notFound") this.#put({ result: { is: this.#form.base ? "gone" : "notThere" } });
      else this.#differs(answer.account);
    });
  }

  /** @param {Writing} writing @param {() => Promise<void>} step */
  async #during(writing, step) {
    const reading = writing === "readingBack";
    this.#store.update({ writing, stopping: false, failure: null });
    this.#put(reading ? {} : { result: null, refusals: [] });
    try {
      await step();
    } catch (thrown) {
      this.#failed(failureOf(thrown), reading);
    } finally {
      this.#store.update({ writing: null, stopping: false, leaving: null });
      await this.#readList();
      this.#app.refreshConnections();
    }
  }

  /** @param {Failure} failure @param {boolean} reading */
  #failed(failure, reading) {
    if (failure.field) this.#put({ refusals: [failure] });
    const known = !reading && BEFORE_SENDING.includes(failure.code);
    this.#put({ result: { is: known ? "failed" : "unknown", failure } });
  }

  /** @param {CreateOutcome} outcome */
  #ended(outcome) {
    if (outcome.is === "done") this.#done(outcome.account, null);
    else if (outcome.is === "doneReadBack") this.#done(outcome.account, { is: "doneReadBack" });
    else if (outcome.is === "differs") this.#differs(outcome.account);
    else if (outcome.is === "refused") this.#put({ refusals: outcome.failures, result: outcome });
    else this.#put({ refusals: outcome.failure.field ? [outcome.failure] : [], result: outcome });
  }

  /** @param {AccountShown} account @param {Result | null} result */
  #done(account, result) {
    const sent = this.#sent ?? this.#form;
    const created = !sent.base;
    const changed = sentFields(sent).length;
    this.#store.update({
      form: { ...writtenForm(account, sent.typed, this.#form.typed), normalForm: account.normalForm, result },
      ...(created ? { typed: "" } : {}),
    });
    const words = created
      ? text("accounts-created", { username: account.username })
      : text("accounts-saved", { count: changed, shown: number(changed) });
    if (!result) this.#app.toast(words);
  }

  /** Read back after no answer. Where it is not as sent, what is typed stays beside the account as it is. @param {AccountShown} account */
  #differs(account) {
    const sent = this.#sent ?? this.#form;
    const found = differences(sent, account);
    if (found.length === 0) {
      this.#done(account, { is: "doneReadBack" });
      return;
    }
    const result = /** @type {Result} */ ({ is: "differs", differences: found, asBefore: isAsBefore(sent, found), account });
    this.#put({ ...(this.#form.base ? { base: account, normalForm: account.normalForm } : {}), result });
  }
}
