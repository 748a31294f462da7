// Owns what all screens share: the state, the commands, the way between screens, toasts and announcements.
// Must not draw anything.
import { Commands } from "./commands.js";
import { duration } from "./i18n/format.js";
import { text } from "./i18n/text.js";
import { failureOf } from "./platform/platform.js";
import { PreferenceKeeper, USUAL } from "./preferences.js";
import { Store } from "./store.js";

/**
 * @import { Platform } from "./platform/platform.js"
 * @import { AppStatus } from "./generated/AppStatus.ts"
 * @import { ConnectionCard } from "./generated/ConnectionCard.ts"
 * @import { Failure } from "./generated/Failure.ts"
 * @import { Preferences } from "./generated/Preferences.ts"
 * @import { Toast, ToastLook } from "./components/toast-stack.js"
 * @import { WaitShown } from "./generated/WaitShown.ts"
 * @typedef {"connections" | "controls" | "accounts" | "requests" | "activity" | "doctor"} ScreenName
 * @typedef {Omit<AppStatus, "preferences">} ProgramStatus
 * @typedef {object} ApplicationState
 * @property {ScreenName} screen the screen shown
 * @property {ProgramStatus | null} status null until the first answer
 * @property {Failure | null} startFailure why there is no status
 * @property {string | null} connection the card chosen on the Connections screen
 * @property {string | null} controlsConnection the connection whose register is shown
 * @property {string | null} accountsConnection the connection whose accounts are shown
 * @property {string | null} requestsConnection the connection that requests are made with
 * @property {string | null} doctorConnection the connection that the doctor examines
 * @property {string | null} activityConnection the connection whose calls are shown; null for all
 * @property {Preferences} preferences the usual ones until the first answer
 * @property {Toast[]} toasts
 * @property {string} announcement spoken politely
 */

export class Application {
  #toastNumber = 0;
  /** Until when the calls of a connection are known to wait, and the toast that says so. @type {Map<string, { until: number, toast: number }>} */
  #waits = new Map();

  /** @param {Platform} platform */
  constructor(platform) {
    this.platform = platform;
    this.commands = new Commands(platform);
    this.preferences = new PreferenceKeeper(this);
    /** @type {Store<ApplicationState>} */
    this.store = new Store(/** @type {ApplicationState} */ ({
      screen: "connections",
      status: null,
      startFailure: null,
      connection: null,
      controlsConnection: null,
      accountsConnection: null,
      requestsConnection: null,
      doctorConnection: null,
      activityConnection: null,
      preferences: USUAL,
      toasts: [],
      announcement: "",
    }));
  }

  get state() {
    return this.store.state;
  }

  /** Reads everything the first paint needs. */
  async start() {
    try {
      const { preferences, ...status } = await this.commands.appStatus();
      this.store.update({ status, preferences, startFailure: null, ...this.#choices(status.connections) });
      if (status.keychain.state === "asking") this.probeKeychain();
    } catch (thrown) {
      this.store.update({ startFailure: failureOf(thrown) });
    }
  }

  /** Connections in the order of the list. @returns {ConnectionCard[]} */
  get connections() {
    return this.state.status?.connections ?? [];
  }

  /** Those with a register. */
  get controlsConnections() {
    return this.connections.filter((card) => card.readsControls);
  }

  /** Those that administer accounts. */
  get accountsConnections() {
    return this.connections.filter((card) => card.administersAccounts);
  }

  /** @param {string | null} id @returns {ConnectionCard | null} */
  card(id) {
    return this.connections.find((card) => card.id === id) ?? null;
  }

  /** Keeps each choice while its connection is there, else takes the first that fits. @param {ConnectionCard[]} cards */
  #choices(cards) {
    const { connection, controlsConnection, accountsConnection, requestsConnection, doctorConnection, activityConnection } = this.state;
    /** @param {string | null} kept @param {(card: ConnectionCard) => boolean} fits */
    const choice = (kept, fits) => {
      const fitting = cards.filter(fits);
      return fitting.find((card) => card.id === kept)?.id ?? fitting[0]?.id ?? null;
    };
    return {
      connection: choice(connection, () => true),
      controlsConnection: choice(controlsConnection, (card) => card.readsControls),
      accountsConnection: choice(accountsConnection, (card) => card.administersAccounts),
      requestsConnection: choice(requestsConnection, () => true),
      doctorConnection: choice(doctorConnection, () => true),
      activityConnection: cards.find((card) => card.id === activityConnection)?.id ?? null,
    };
  }

  /** @param {ConnectionCard[]} connections */
  setConnections(connections) {
    const { status } = this.state;
    if (status) this.store.update({ status: { ...status, connections }, ...this.#choices(connections) });
  }

  /** Puts a new or changed card in its place. @param {ConnectionCard} card */
  setCard(card) {
    const there = this.connections.some((other) => other.id === card.id);
    const replaced = this.connections.map((other) => (other.id === card.id ? card : other));
    this.setConnections(there ? replaced : [...this.connections, card]);
  }

  /** Reads the cards again, after a sync or a write changed what they say. Silent where it fails. */
  async refreshConnections() {
    try {
      this.setConnections(await this.commands.connectionList());
    } catch {
      // The cards shown stay: they say when they were checked.
    }
  }

  /** Asks the keychain again, and the cards with it; may bring up the system's own prompt. */
  async probeKeychain() {
    try {
      const keychain = await this.commands.keychainProbe();
      const { status } = this.state;
      if (status) this.store.update({ status: { ...status, keychain } });
    } catch {
      // The state shown stays: it says what to do.
    } finally {
      await this.refreshConnections();
    }
  }

  /** @param {ScreenName} screen */
  goTo(screen) {
    this.store.update({ screen });
  }

  /** Shows the calls of one connection, or of all. @param {string | null} activityConnection */
  showActivity(activityConnection) {
    this.store.update({ activityConnection, screen: "activity" });
  }

  /** Lets the doctor examine a connection. @param {string} doctorConnection */
  showDoctor(doctorConnection) {
    this.store.update({ doctorConnection, screen: "doctor" });
  }

  /** Its number. @param {string} words @param {ToastLook} [look] */
  toast(words, look = {}) {
    this.#toastNumber += 1;
    const toast = { id: this.#toastNumber, words, ...look };
    this.store.update({ toasts: [...this.state.toasts, toast] });
    return toast.id;
  }

  /** @param {number} id */
  endToast(id) {
    this.store.update({ toasts: this.state.toasts.filter((toast) => toast.id !== id) });
  }

  /** Says that calls of a connection wait; once while they do, however many they are. @param {WaitShown} wait */
  wait({ connection, seconds }) {
    const until = Date.now() + seconds * 1_000;
    const told = this.#waits.get(connection);
    // Many calls are told of the same wait within a second.
    if (told && told.until + 1_000 >= until) return;
    if (told) this.endToast(told.toast);
    const [label, time] = [this.card(connection)?.label, duration(seconds * 1_000)];
    const words = label ? text("call-waits", { label, time }) : text("call-waits-unsaved", { time });
    this.#waits.set(connection, { until, toast: this.toast(words, { sign: "wait", until }) });
  }

  /** Spoken by screen readers when they are quiet. @param {string} words */
  announce(words) {
    this.store.update({ announcement: words });
  }

  /** Says what became of it: a clipboard gives no sign of its own. @param {string} words */
  async copy(words) {
    try {
      await this.platform.copy(words);
      this.toast(text("copied"));
    } catch {
      this.toast(text("copied-not"), { sign: "warning" });
    }
  }
}
