// Owns the table of commands as the page sees it: one typed wrapper a command, nothing else.
// Must not decide anything: names, argument keys and shapes are those of the backend.

/**
 * @import { Platform } from "./platform/platform.js"
 * @import { AppStatus } from "./generated/AppStatus.ts"
 * @import { KeychainShown } from "./generated/KeychainShown.ts"
 * @import { ConnectionCard } from "./generated/ConnectionCard.ts"
 * @import { ConnectionDraft } from "./generated/ConnectionDraft.ts"
 * @import { CallShown } from "./generated/CallShown.ts"
 * @import { SyncProgress } from "./generated/SyncProgress.ts"
 * @import { SyncOutcome } from "./generated/SyncOutcome.ts"
 * @import { ControlsQuery } from "./generated/ControlsQuery.ts"
 * @import { ControlsWindow } from "./generated/ControlsWindow.ts"
 * @import { ControlsFacet } from "./generated/ControlsFacet.ts"
 * @import { ControlDetail } from "./generated/ControlDetail.ts"
 * @import { AccountCheckRequest } from "./generated/AccountCheckRequest.ts"
 * @import { AccountCheck } from "./generated/AccountCheck.ts"
 * @import { AccountWindow } from "./generated/AccountWindow.ts"
 * @import { AccountLookUp } from "./generated/AccountLookUp.ts"
 * @import { AccountCreateRequest } from "./generated/AccountCreateRequest.ts"
 * @import { AccountUpdateRequest } from "./generated/AccountUpdateRequest.ts"
 * @import { CreateOutcome } from "./generated/CreateOutcome.ts"
 * @import { SignInStep } from "./generated/SignInStep.ts"
 * @import { NetworkDraft } from "./generated/NetworkDraft.ts"
 * @import { TokenShown } from "./generated/TokenShown.ts"
 * @import { DocumentedRequest } from "./generated/DocumentedRequest.ts"
 * @import { RequestDraft } from "./generated/RequestDraft.ts"
 * @import { RequestAnswer } from "./generated/RequestAnswer.ts"
 * @import { RequestRemembered } from "./generated/RequestRemembered.ts"
 * @import { AnnotationsQuery } from "./generated/AnnotationsQuery.ts"
 * @import { AnnotationsPage } from "./generated/AnnotationsPage.ts"
 * @import { DoctorFinding } from "./generated/DoctorFinding.ts"
 * @import { DoctorReport } from "./generated/DoctorReport.ts"
 * @import { CertificateChosen } from "./generated/CertificateChosen.ts"
 * @import { Preferences } from "./generated/Preferences.ts"
 */

/** Every command, by the name the backend registers it under. A test compares this list with the shell's. */
export const COMMANDS = /** @type {const} */ ([
  "app_status",
  "keychain_probe",
  "connection_list",
  "connection_save",
  "connection_test",
  "connection_rename",
  "connection_replace_secret",
  "connection_forget",
  "connection_set_rate",
  "connection_set_network",
  "sign_in_save",
  "sign_in_again",
  "sign_in_paste",
  "sign_in_open_again",
  "sign_out",
  "token_decode",
  "certificate_choose",
  "recent_calls",
  "activity_list",
  "requests_documented",
  "request_send",
  "request_history",
  "request_as_curl",
  "annotations_search",
  "doctor_run",
  "controls_sync",
  "controls_window",
  "controls_facets",
  "control_detail",
  "account_check",
  "accounts_known",
  "account_look_up",
  "account_create",
  "account_update",
  "operation_cancel",
  "preferences_save",
]);

/** Runs commands on a platform. Each rejects with a `Failure`. */
export class Commands {
  #platform;

  /** @param {Platform} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /** @param {(typeof COMMANDS)[number]} command @param {Record<string, unknown>} [args] @returns {Promise<any>} */
  #run(command, args) {
    return this.#platform.invoke(command, args);
  }

  /** @returns {Promise<AppStatus>} */
  appStatus() {
    return this.#run("app_status");
  }

  /** Asks the keychain again; may bring up the system's own prompt. @returns {Promise<KeychainShown>} */
  keychainProbe() {
    return this.#run("keychain_probe");
  }

  /** @returns {Promise<ConnectionCard[]>} */
  connectionList() {
    return this.#run("connection_list");
  }

  /** Saves and proves. @param {ConnectionDraft} draft @returns {Promise<ConnectionCard>} */
  connectionSave(draft) {
    return this.#run("connection_save", { draft });
  }

  /** @param {string} id @returns {Promise<ConnectionCard>} */
  connectionTest(id) {
    return this.#run("connection_test", { id });
  }

  /** @param {string} id @param {string} label @returns {Promise<ConnectionCard>} */
  connectionRename(id, label) {
    return this.#run("connection_rename", { id, label });
  }

  /** Kept where the one before was kept. @param {string} id @param {string} secret @returns {Promise<ConnectionCard>} */
  connectionReplaceSecret(id, secret) {
    return this.#run("connection_replace_secret", { id, secret });
  }

  /** @param {string} id @returns {Promise<void>} */
  connectionForget(id) {
    return this.#run("connection_forget", { id });
  }

  /**
   * The person's own rate; both `null` goes back to the service's.
   * @param {string} id @param {number | null} perSecond @param {number | null} burst @returns {Promise<ConnectionCard>}
   */
  connectionSetRate(id, perSecond, burst) {
    return this.#run("connection_set_rate", { id, perSecond, burst });
  }

  /** Changes how calls find their way, and proves. @param {string} id @param {NetworkDraft} network @returns {Promise<ConnectionCard>} */
  connectionSetNetwork(id, network) {
    return this.#run("connection_set_network", { id, network });
  }

  /**
   * Saves a connection of a kind that signs in: opens the browser and waits for it to come back.
   * @param {ConnectionDraft} draft @param {(step: SignInStep) => void} onStep @returns {Promise<ConnectionCard>}
   */
  signInSave(draft, onStep) {
    return this.#run("sign_in_save", { draft, progress: this.#platform.channel(onStep).handle });
  }

  /** @param {string} id @param {(step: SignInStep) => void} onStep @returns {Promise<ConnectionCard>} */
  signInAgain(id, onStep) {
    return this.#run("sign_in_again", { id, progress: this.#platform.channel(onStep).handle });
  }

  /** Hands the address that the browser ended at to the pending sign-in. @param {string} address @returns {Promise<void>} */
  signInPaste(address) {
    return this.#run("sign_in_paste", { address });
  }

  /** Opens the browser once more for the pending sign-in. @returns {Promise<void>} */
  signInOpenAgain() {
    return this.#run("sign_in_open_again");
  }

  /** Revokes where the service can, and forgets the refresh token. @param {string} id @returns {Promise<ConnectionCard>} */
  signOut(id) {
    return this.#run("sign_out", { id });
  }

  /** Local: asks no server and no key. @param {string} token @returns {Promise<TokenShown>} */
  tokenDecode(token) {
    return this.#run("token_decode", { token });
  }

  /** Brings up the system's own dialog; `null` where the person closed it. @returns {Promise<CertificateChosen | null>} */
  certificateChoose() {
    return this.#run("certificate_choose");
  }

  /** Newest first. @param {string} connection @param {number} limit @returns {Promise<CallShown[]>} */
  recentCalls(connection, limit) {
    return this.#run("recent_calls", { connection, limit });
  }

  /** Newest first, over all connections where none is named. @param {string | null} connection @param {number} limit @returns {Promise<CallShown[]>} */
  activityList(connection, limit) {
    return this.#run("activity_list", { connection, limit });
  }

  /** @param {string} connection @returns {Promise<DocumentedRequest[]>} */
  requestsDocumented(connection) {
    return this.#run("requests_documented", { connection });
  }

  /** Stopped as "request:<connection>". @param {string} connection @param {RequestDraft} request @returns {Promise<RequestAnswer>} */
  requestSend(connection, request) {
    return this.#run("request_send", { connection, request });
  }

  /** Newest first. @param {string} connection @returns {Promise<RequestRemembered[]>} */
  requestHistory(connection) {
    return this.#run("request_history", { connection });
  }

  /** Runs as it is and holds no secret. @param {string} connection @param {RequestDraft} request @returns {Promise<string>} */
  requestAsCurl(connection, request) {
    return this.#run("request_as_curl", { connection, request });
  }

  /** Stopped as "annotations:<connection>". @param {string} connection @param {AnnotationsQuery} query @returns {Promise<AnnotationsPage>} */
  annotationsSearch(connection, query) {
    return this.#run("annotations_search", { connection, query });
  }

  /**
   * Walks the layers; each is told as it is done. Stopped as "doctor:<connection>".
   * @param {string} connection @param {(finding: DoctorFinding) => void} onFinding @returns {Promise<DoctorReport>}
   */
  doctorRun(connection, onFinding) {
    return this.#run("doctor_run", { connection, progress: this.#platform.channel(onFinding).handle });
  }

  /** @param {string} connection @param {(progress: SyncProgress) => void} onProgress @returns {Promise<SyncOutcome>} */
  controlsSync(connection, onProgress) {
    const progress = this.#platform.channel(onProgress).handle;
    return this.#run("controls_sync", { connection, progress });
  }

  /** Stops the sync of a connection; what was there before stays. @param {string} connection @returns {Promise<boolean>} */
  controlsCancel(connection) {
    return this.operationCancel(`sync:${connection}`);
  }

  /** @param {string} connection @param {ControlsQuery} query @returns {Promise<ControlsWindow>} */
  controlsWindow(connection, query) {
    return this.#run("controls_window", { connection, query });
  }

  /** @param {string} connection @param {ControlsQuery} query @returns {Promise<ControlsFacet[]>} */
  controlsFacets(connection, query) {
    return this.#run("controls_facets", { connection, query });
  }

  /** @param {string} connection @param {string} id @returns {Promise<ControlDetail>} */
  controlDetail(connection, id) {
    return this.#run("control_detail", { connection, id });
  }

  /** Local: asks no server. @param {AccountCheckRequest} request @returns {Promise<AccountCheck>} */
  accountCheck(request) {
    return this.#run("account_check", { request });
  }

  /** @param {string} connection @param {string} search @returns {Promise<AccountWindow>} */
  accountsKnown(connection, search) {
    return this.#run("accounts_known", { connection, search });
  }

  /** @param {string} connection @param {string} text a username or userid @returns {Promise<AccountLookUp>} */
  accountLookUp(connection, text) {
    return this.#run("account_look_up", { connection, text });
  }

  /** @param {string} connection @param {AccountCreateRequest} request @returns {Promise<CreateOutcome>} */
  accountCreate(connection, request) {
    return this.#run("account_create", { connection, request });
  }

  /** @param {string} connection @param {AccountUpdateRequest} request @returns {Promise<CreateOutcome>} */
  accountUpdate(connection, request) {
    return this.#run("account_update", { connection, request });
  }

  /**
   * Stops what is under way and says whether it ran.
   * @param {string} operation "save", "sign-in", or "test:", "sync:", "account:", "request:", "annotations:", "doctor:" and a connection
   * @returns {Promise<boolean>}
   */
  operationCancel(operation) {
    return this.#run("operation_cancel", { operation });
  }

  /** Keeps them in place of all before. @param {Preferences} preferences @returns {Promise<void>} */
  preferencesSave(preferences) {
    return this.#run("preferences_save", { preferences });
  }
}
