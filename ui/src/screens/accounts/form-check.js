// Owns checking the form as it is typed: by the service's rules and against the accounts seen here. Asks no server.
// Must not touch what is typed.
/**
 * @import { Commands } from "../../commands.js"
 * @import { Store } from "../../store.js"
 * @import { AccountsState } from "./accounts-state.js"
 * @import { Form } from "./account-form.js"
 * @import { KnownAccount } from "../../generated/KnownAccount.ts"
 */

export class FormCheck {
  #commands;
  #connection;
  #store;
  /** Counts checks: an answer to another than the last is dropped. */
  #generation = 0;

  /** @param {Commands} commands @param {string} connection @param {Store<AccountsState>} store */
  constructor(commands, connection, store) {
    this.#commands = commands;
    this.#connection = connection;
    this.#store = store;
  }

  /** Checks what stands in the form now. Silent where it fails: the server decides in any case. */
  async run() {
    const { form } = this.#store.state;
    if (!form) return;
    this.#generation += 1;
    const generation = this.#generation;
    const { username, email, displayName } = form.typed;
    try {
      const { faults, normalForm } = await this.#commands.accountCheck({ authority: null, username, email, displayName });
      this.#put(generation, { faults, normalForm });
      const [namesake, addressee] = await Promise.all([form.base ? null : this.#named(normalForm ?? ""), this.#addressed(form)]);
      this.#put(generation, { namesake, addressee });
    } catch {
      this.#put(generation, { faults: [], namesake: null, addressee: null });
    }
  }

  /** @param {number} generation @param {Partial<Form>} found */
  #put(generation, found) {
    const { form } = this.#store.state;
    if (form && generation === this.#generation) this.#store.update({ form: { ...form, ...found } });
  }

  /** The best match of a search is the one of that name, where there is one. @param {string} normalForm */
  async #named(normalForm) {
    if (!normalForm) return null;
    const [best] = await this.#seen(normalForm);
    if (!best) return null;
    const check = await this.#commands.accountCheck({ authority: null, username: best.username, email: null, displayName: null });
    return check.normalForm === normalForm ? best : null;
  }

  /** Another account's address, once it is typed whole. @param {Form} form */
  async #addressed({ base, typed }) {
    const email = typed.email.trim();
    if (!email.includes("@") || email === base?.email) return null;
    const has = (/** @type {KnownAccount} */ account) => account.email?.toLowerCase() === email.toLowerCase();
    return (await this.#seen(email)).find((account) => account.userid !== base?.userid && has(account)) ?? null;
  }

  /** @param {string} search @returns {Promise<KnownAccount[]>} */
  async #seen(search) {
    return (await this.#commands.accountsKnown(this.#connection, search)).rows;
  }
}
