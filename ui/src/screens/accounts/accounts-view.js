// Owns what the screen shows of one connection's accounts and outlives the screen: search, list, form, questions.
// Must not draw anything, nor ask a server for what the person did not ask.
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { failureOf } from "../../platform/platform.js";
import { Store } from "../../store.js";
import { formOf, isDirty, usernameOf } from "./account-form.js";
import { AccountWriter } from "./account-writer.js";
import { initialState } from "./accounts-state.js";
import { FormCheck } from "./form-check.js";

/**
 * @import { Application } from "../../application.js"
 * @import { AccountLookUp } from "../../generated/AccountLookUp.ts"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 * @import { FieldName } from "./account-form.js"
 */

/** A search waits until the keys rest for this long, in ms. */
const KEYS_REST = 80;

/** The match count is spoken after this long without another, in ms. */
const QUIET = 300;

export class AccountsView {
  #app;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #keys;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speech;
  /** Counts searches: an answer to another than the last is dropped. */
  #generation = 0;

  /** @param {Application} app @param {string} connection */
  constructor(app, connection) {
    this.#app = app;
    this.connection = connection;
    this.store = new Store(initialState());
    this.check = new FormCheck(app.commands, connection, this.store);
    this.writer = new AccountWriter(app, connection, this.store, this.check, () => this.read());
  }

  get state() {
    return this.store.state;
  }

  /** Reads the accounts seen here that match what is typed; the first time the first of them is shown. */
  async read() {
    this.#generation += 1;
    const generation = this.#generation;
    const search = this.state.typed.trim();
    try {
      const { rows, matched, total } = await this.#app.commands.accountsKnown(this.connection, search);
      if (generation !== this.#generation) return;
      const first = !this.state.loaded;
      this.store.update({ rows, matched, total, search, loaded: true, listFailure: null });
      if (first && rows[0] && !this.state.form) this.#open(rows[0]);
    } catch (thrown) {
      if (generation === this.#generation) this.store.update({ listFailure: failureOf(thrown) });
    }
  }

  /** @param {string} typed */
  type(typed) {
    this.store.update({ typed });
    clearTimeout(this.#keys);
    clearTimeout(this.#speech);
    this.#keys = setTimeout(() => this.#search(), typed === "" ? 0 : KEYS_REST);
  }

  async #search() {
    await this.read();
    clearTimeout(this.#speech);
    this.#speech = setTimeout(() => this.#speak(), QUIET);
  }

  #speak() {
    const { matched, listFailure } = this.state;
    if (!listFailure) this.#app.announce(text("accounts-found", { count: matched, shown: number(matched) }));
  }

  /** Runs `step`, which leaves the form, once nothing typed would be lost or the person gave it up. @param {() => void} step */
  leave(step) {
    const { form, writing } = this.state;
    if (writing || isDirty(form)) this.store.update({ leaving: step });
    else step();
  }

  keepEditing() {
    this.store.update({ leaving: null });
  }

  giveUp() {
    const { leaving } = this.state;
    this.discard();
    this.store.update({ leaving: null });
    leaving?.();
  }

  /** Puts back what the server has. */
  discard() {
    const { form } = this.state;
    this.store.update({ form: form?.base ? { ...formOf(form.base), normalForm: form.normalForm } : null });
  }

  /** @param {KnownAccount} account */
  #open(account) {
    this.store.update({ form: formOf(account), missing: null, failure: null });
    this.check.run();
  }

  /** Shows an account as it was last seen here. @param {KnownAccount} account */
  open(account) {
    this.leave(() => this.#open(account));
  }

  /** Begins a new account. @param {string} [username] */
  create(username = "") {
    if (this.state.form && !this.state.form.base) return;
    this.leave(() => {
      this.store.update({ form: formOf(null, username), missing: null, failure: null });
      this.check.run();
    });
  }

  /** Leaves what is shown. */
  close() {
    this.leave(() => this.store.update({ form: null, missing: null, failure: null }));
  }

  /** @param {FieldName} field @param {string} value */
  typeField(field, value) {
    const { form } = this.state;
    if (!form) return;
    const refusals = form.refusals.filter((failure) => failure.field !== field);
    // The result of the last write stays until the next, so that nothing moves under the person's keys.
    this.store.update({ form: { ...form, typed: { ...form.typed, [field]: value }, refusals } });
    this.check.run();
  }

  /** An empty field is not nagged about before saving. @param {FieldName} field */
  leftField(field) {
    const { form } = this.state;
    if (!form || form.touched.includes(field) || form.typed[field] === "") return;
    this.store.update({ form: { ...form, touched: [...form.touched, field] } });
  }

  /** Asks the server for a username or userid. @param {string} typed */
  lookUp(typed) {
    const name = typed.trim();
    if (!name || this.state.asking) return;
    this.leave(() => this.#ask(name, (answer) => this.#answered(name, answer)));
  }

  /** Asks the server for the account shown; what is typed stays. */
  readAgain() {
    const account = this.state.form?.base;
    if (account) this.#ask(account.userid, (answer) => this.#readAgain(account.userid, answer));
  }

  stop() {
    this.store.update({ stopping: true });
    this.#app.commands.operationCancel(`account:${this.connection}`).catch(() => this.store.update({ stopping: false }));
  }

  /** @param {string} name @param {(answer: AccountLookUp) => void} use */
  async #ask(name, use) {
    if (this.state.asking || this.state.writing) return;
    this.store.update({ asking: name, stopping: false, failure: null });
    try {
      use(await this.#app.commands.accountLookUp(this.connection, name));
      await this.read();
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.store.update({ failure: failure.code === "cancelled" ? null : failure });
    } finally {
      this.store.update({ asking: null, stopping: false });
      this.#app.refreshConnections();
    }
  }

  /** The person may have begun to type while the answer was awaited. @param {string} name @param {AccountLookUp} answer */
  #answered(name, answer) {
    this.leave(() => this.#found(name, answer));
  }

  /** @param {string} name @param {AccountLookUp} answer */
  #found(name, answer) {
    if (answer.is === "found") {
      this.store.update({ form: { ...formOf(answer.account), normalForm: answer.account.normalForm }, missing: null });
      return;
    }
    this.store.update({ form: null, missing: usernameOf(name) });
    this.#app.announce(text("accounts-missing", { username: usernameOf(name) }));
  }

  /** @param {string} asked @param {AccountLookUp} answer */
  #readAgain(asked, answer) {
    const { form } = this.state;
    // The person may have gone to another account, or be saving this one.
    if (form?.base?.userid !== asked || this.state.writing) return;
    if (answer.is === "notFound") {
      this.store.update({ form: { ...form, result: { is: "gone" } } });
      return;
    }
    const { account } = answer;
    const fresh = formOf(account);
    const typed = isDirty(form) ? { ...fresh.typed, ...this.#changes() } : fresh.typed;
    this.store.update({ form: { ...form, base: account, normalForm: account.normalForm, typed, result: null } });
    this.#app.announce(text("accounts-read-again"));
  }

  /** What the person changed. */
  #changes() {
    const { form } = this.state;
    if (!form) return {};
    const fields = /** @type {FieldName[]} */ (["email", "displayName"]);
    return Object.fromEntries(fields.filter((field) => form.typed[field] !== (form.base?.[field] ?? "")).map((field) => [field, form.typed[field]]));
  }
}

/** @type {WeakMap<Application, Map<string, AccountsView>>} */
const views = new WeakMap();

/** The view of a connection, kept while the program runs: nothing typed is lost by going to another screen. @param {Application} app @param {string} connection */
export function viewOf(app, connection) {
  const kept = views.get(app) ?? new Map();
  views.set(app, kept);
  const view = kept.get(connection) ?? new AccountsView(app, connection);
  kept.set(connection, view);
  return view;
}
