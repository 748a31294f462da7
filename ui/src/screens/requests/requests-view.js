// Owns what is asked and answered on the Requests screen for one connection. Outlives the screen, so that going away and
// coming back loses nothing. Must not draw.
import { failureOf } from "../../platform/platform.js";
import { Store } from "../../store.js";
import { AnnotationsView } from "./annotations-view.js";
import { filledIn, placeholdersOf, requestOf } from "./request-path.js";

/**
 * @import { Application } from "../../application.js"
 * @import { DocumentedRequest } from "../../generated/DocumentedRequest.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { QueryPair } from "../../generated/QueryPair.ts"
 * @import { RequestAnswer } from "../../generated/RequestAnswer.ts"
 * @import { RequestRemembered } from "../../generated/RequestRemembered.ts"
 * @typedef {object} RequestsState
 * @property {DocumentedRequest[] | null} documented null while they are read
 * @property {Failure | null} listFailure why they could not be read
 * @property {RequestRemembered[]} history newest first
 * @property {"documented" | "history"} list which of both is shown
 * @property {string} search
 * @property {string | null} path the documented path chosen, with its braces
 * @property {Record<string, string>} values what stands in its placeholders
 * @property {QueryPair[]} query
 * @property {boolean} early sent too early: empty placeholders are told
 * @property {boolean} sending
 * @property {RequestAnswer | null} answer
 * @property {string} answered the path that the answer is to
 * @property {Failure | null} failure why there is no answer
 * @property {"tree" | "raw"} shape
 * @property {"requests" | "annotations"} mode
 */

export class RequestsView {
  #app;
  #read = false;

  /** @param {Application} app @param {string} connection */
  constructor(app, connection) {
    this.#app = app;
    this.connection = connection;
    this.annotations = new AnnotationsView(app, connection);
    /** @type {Store<RequestsState>} */
    this.store = new Store(/** @type {RequestsState} */ ({
      documented: null,
      listFailure: null,
      history: [],
      list: "documented",
      search: "",
      path: null,
      values: {},
      query: [],
      early: false,
      sending: false,
      answer: null,
      answered: "",
      failure: null,
      shape: "tree",
      mode: "requests",
    }));
  }

  get state() {
    return this.store.state;
  }

  /** Reads what is documented and what was asked, once. */
  async open() {
    if (this.#read) return;
    this.#read = true;
    this.store.update({ listFailure: null });
    this.#readHistory();
    try {
      const documented = await this.#app.commands.requestsDocumented(this.connection);
      this.store.update({ documented });
      if (this.state.path === null && documented[0]) this.choose(documented[0].path);
    } catch (thrown) {
      this.#read = false;
      this.store.update({ listFailure: failureOf(thrown) });
    }
  }

  /** Once more, after the keychain was asked where it was in the way. */
  async openAgain() {
    if (this.state.listFailure?.action === "unlockKeychain") await this.#app.probeKeychain();
    await this.open();
  }

  async #readHistory() {
    try {
      this.store.update({ history: await this.#app.commands.requestHistory(this.connection) });
    } catch {
      // What was read before stays: the history is a convenience.
    }
  }

  /** The documented request chosen. */
  get chosen() {
    return this.state.documented?.find(({ path }) => path === this.state.path) ?? null;
  }

  /** @param {string} path as documented */
  choose(path) {
    if (path !== this.state.path) this.store.update({ path, values: {}, query: [], early: false, failure: null });
  }

  /** Puts a request of the history back. @param {RequestRemembered} remembered */
  recall({ request: { path, query } }) {
    const found = requestOf(this.state.documented ?? [], path);
    this.store.update({ path: found?.request.path ?? path, values: found?.values ?? {}, query, early: false, failure: null });
  }

  /** @param {string} name @param {string} value */
  fill(name, value) {
    this.store.update({ values: { ...this.state.values, [name]: value } });
  }

  /** @param {QueryPair[]} query */
  setQuery(query) {
    this.store.update({ query });
  }

  /** What would be sent. */
  get draft() {
    const { path, values, query } = this.state;
    const pairs = query.filter(({ name, value }) => name.trim() !== "" && value !== "");
    return { path: filledIn(path ?? "", values), query: pairs.map(({ name, value }) => ({ name: name.trim(), value })) };
  }

  /** Placeholders that are still empty. */
  get missing() {
    const { path, values } = this.state;
    return placeholdersOf(path ?? "").filter((name) => !(values[name] ?? "").trim());
  }

  /** Whether there is something to send; if not, what is missing is told beside its field. */
  ready() {
    const early = this.state.path === null || this.missing.length > 0;
    this.store.update({ early });
    return !early;
  }

  async send() {
    if (this.state.sending || !this.ready()) return;
    const { draft } = this;
    this.store.update({ sending: true, failure: null });
    try {
      const answer = await this.#app.commands.requestSend(this.connection, draft);
      this.store.update({ answer, answered: draft.path, shape: answer.isJson ? this.state.shape : "raw" });
    } catch (thrown) {
      const failure = failureOf(thrown);
      this.store.update({ failure: failure.code === "cancelled" ? null : failure });
    } finally {
      this.store.update({ sending: false });
      this.#readHistory();
    }
  }

  stop() {
    this.#app.commands.operationCancel(`request:${this.connection}`);
  }

  /** Copies the request as a command that holds no secret. */
  async copyAsCurl() {
    if (!this.ready()) return;
    try {
      await this.#app.copy(await this.#app.commands.requestAsCurl(this.connection, this.draft));
    } catch (thrown) {
      this.store.update({ failure: failureOf(thrown) });
    }
  }
}

/** @type {WeakMap<Application, Map<string, RequestsView>>} */
const views = new WeakMap();

/** The one view of a connection. @param {Application} app @param {string} connection */
export function requestsView(app, connection) {
  const all = views.get(app) ?? new Map();
  views.set(app, all);
  const view = all.get(connection) ?? new RequestsView(app, connection);
  all.set(connection, view);
  return view;
}
