// Owns the examination of one connection: what was found, what is under way. Outlives the screen, so that going away and
// coming back loses nothing. Must not draw.
import { failureOf } from "../../platform/platform.js";
import { Store } from "../../store.js";

/**
 * @import { Application } from "../../application.js"
 * @import { DoctorFinding } from "../../generated/DoctorFinding.ts"
 * @import { DoctorLayer } from "../../generated/DoctorLayer.ts"
 * @import { DoctorReport } from "../../generated/DoctorReport.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @typedef {{ running: boolean, findings: DoctorFinding[], report: DoctorReport | null, failure: Failure | null, stopped: boolean }} DoctorState
 */

/** The layers in the order in which they are walked. @type {readonly DoctorLayer[]} */
export const LAYERS = ["dns", "tcp", "proxy", "tls", "http", "authentication", "permission"];

export class DoctorView {
  #app;

  /** @param {Application} app @param {string} connection */
  constructor(app, connection) {
    this.#app = app;
    this.connection = connection;
    /** @type {Store<DoctorState>} */
    this.store = new Store(/** @type {DoctorState} */ ({ running: false, findings: [], report: null, failure: null, stopped: false }));
  }

  get state() {
    return this.store.state;
  }

  /** Walks all layers; a walk under way goes on. */
  async run() {
    if (this.state.running) return;
    this.store.update({ running: true, findings: [], report: null, failure: null, stopped: false });
    try {
      const report = await this.#app.commands.doctorRun(this.connection, (finding) => this.#found(finding));
      this.store.update({ report, findings: report.findings });
    } catch (thrown) {
      const failure = failureOf(thrown);
      const stopped = failure.code === "cancelled";
      this.store.update({ failure: stopped ? null : failure, stopped });
    } finally {
      this.store.update({ running: false });
      this.#app.refreshConnections();
    }
  }

  stop() {
    this.#app.commands.operationCancel(`doctor:${this.connection}`);
  }

  /** @param {DoctorFinding} finding */
  #found(finding) {
    if (!this.state.running) return;
    const others = this.state.findings.filter(({ layer }) => layer !== finding.layer);
    this.store.update({ findings: [...others, finding] });
  }

  /** @param {DoctorLayer} layer */
  finding(layer) {
    return this.state.findings.find((finding) => finding.layer === layer) ?? null;
  }

  /** The first layer that failed. */
  get failed() {
    return LAYERS.map((layer) => this.finding(layer)).find((finding) => finding?.state === "failed") ?? null;
  }

  /** The layer being walked, where a walk is under way. */
  get walking() {
    return this.state.running ? (LAYERS.find((layer) => !this.finding(layer)) ?? null) : null;
  }
}

/** @type {WeakMap<Application, Map<string, DoctorView>>} */
const views = new WeakMap();

/** The one view of a connection. @param {Application} app @param {string} connection */
export function doctorView(app, connection) {
  const all = views.get(app) ?? new Map();
  views.set(app, all);
  const view = all.get(connection) ?? new DoctorView(app, connection);
  all.set(connection, view);
  return view;
}
