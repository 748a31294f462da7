// Owns a sync of one connection: start, progress, stop, how it ended. It goes on when the screen is left.
import { text } from "../../i18n/text.js";
import { failureWords } from "../../i18n/failure.js";
import { failureOf } from "../../platform/platform.js";

/**
 * @import { Application } from "../../application.js"
 * @import { Store } from "../../store.js"
 * @import { SyncOutcome } from "../../generated/SyncOutcome.ts"
 * @import { ViewState } from "./view-state.js"
 */

export class RegisterSync {
  #app;
  #connection;
  #store;
  #refresh;

  /**
   * @param {Application} app @param {string} connection @param {Store<ViewState>} store
   * @param {() => Promise<void>} refresh reads the register again
   */
  constructor(app, connection, store, refresh) {
    this.#app = app;
    this.#connection = connection;
    this.#store = store;
    this.#refresh = refresh;
  }

  /** Runs to its end, which is when the new rows are shown. */
  async run() {
    if (this.#store.state.sync) return;
    this.#store.update({ sync: { rows: 0, bytes: 0, stopping: false }, syncFailure: null, outcome: null, dismissed: [] });
    try {
      const outcome = await this.#app.commands.controlsSync(this.#connection, (progress) => this.#step(progress));
      await this.#refresh();
      this.#ended(outcome);
    } catch (thrown) {
      this.#failed(thrown);
    } finally {
      this.#app.refreshConnections();
    }
  }

  /** Asks to stop; the register stays what it was. */
  async stop() {
    const { sync } = this.#store.state;
    if (!sync || sync.stopping) return;
    this.#store.update({ sync: { ...sync, stopping: true } });
    try {
      await this.#app.commands.controlsCancel(this.#connection);
    } catch {
      const running = this.#store.state.sync;
      if (running) this.#store.update({ sync: { ...running, stopping: false } });
    }
  }

  /** A step that arrives after the end changes nothing. @param {{ rows: number, bytes: number }} progress */
  #step({ rows, bytes }) {
    const { sync } = this.#store.state;
    if (sync) this.#store.update({ sync: { ...sync, rows, bytes } });
  }

  /** @param {SyncOutcome} outcome */
  #ended(outcome) {
    this.#store.update({ sync: null, outcome });
    const { number, rows, changed } = outcome.snapshot;
    const words = text(number > 1 ? "controls-sync-ended" : "controls-sync-ended-first", { label: this.#label, rows, changed });
    if (this.#app.state.screen === "controls") this.#app.announce(words);
    else this.#app.toast(words);
  }

  /** @param {unknown} thrown */
  #failed(thrown) {
    const failure = failureOf(thrown);
    const stopped = failure.code === "cancelled";
    this.#store.update({ sync: null, syncFailure: stopped ? null : failure });
    if (stopped) this.#app.toast(text(this.#store.state.snapshot ? "controls-sync-stopped" : "controls-sync-stopped-first"));
    else if (this.#app.state.screen !== "controls") this.#app.toast(`${this.#label}: ${failureWords(failure).happened}`, { sign: "warning" });
  }

  get #label() {
    return this.#app.card(this.#connection)?.label ?? "";
  }
}
