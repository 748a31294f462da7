// Owns the words of an examination: its heading, what a failure means and who can mend it.
import { failureSentences, failureWords } from "../../i18n/failure.js";
import { hasText, text } from "../../i18n/text.js";
import { LAYERS } from "./doctor-view.js";

/**
 * @import { DoctorFinding } from "../../generated/DoctorFinding.ts"
 * @import { DoctorLayer } from "../../generated/DoctorLayer.ts"
 * @import { DoctorMender } from "../../generated/DoctorMender.ts"
 * @import { IconName } from "../../components/icon.js"
 * @import { DoctorView } from "./doctor-view.js"
 */

/** Layers in which the credential goes along. @type {readonly DoctorLayer[]} */
const WITH_CREDENTIAL = ["authentication", "permission"];

/** The first of these that has words. @param {string[]} ids @param {Record<string, string>} args */
function firstWords(ids, args) {
  const id = ids.find((candidate) => hasText(candidate));
  return id ? text(id, args) : null;
}

/** @param {DoctorLayer} layer */
export const layerName = (layer) => text(`doctor-layer-${layer}`);

/** @param {DoctorFinding} finding */
function failedHeading({ layer, failure, mender }) {
  const words = firstWords(wordIds("fails", layer, failure, mender), { layer: layerName(layer) });
  return words ?? text("doctor-fails", { layer: layerName(layer) });
}

/** Where the secret went until the examination stopped, as a Fluent id. @param {DoctorView} view @param {DoctorLayer} layer */
function secretWent(view, layer) {
  if (WITH_CREDENTIAL.includes(layer)) return "doctor-secret-sent";
  // Where HTTP fails after all, it was the call with the credential: the layer of the sign-in says why nobody judged it.
  const unjudged = (view.finding("authentication")?.seen.length ?? 0) > 0;
  return unjudged ? "doctor-secret-unjudged" : "doctor-secret-kept";
}

/** "No secret was sent. Your IT department can mend it." @param {DoctorView} view @param {DoctorFinding} finding */
function failedSentence(view, { layer, mender }) {
  return `${text(secretWent(view, layer))} ${text(`doctor-mender-${mender}`)}`;
}

/** @param {DoctorView} view @param {string} host @returns {{ icon: IconName, tone: string, heading: string, sentence: string }} */
export function headWords(view, host) {
  const { failed } = view;
  const { running, report, failure, stopped } = view.state;
  if (failed) return { icon: "octagon-cross", tone: "bad", heading: failedHeading(failed), sentence: failedSentence(view, failed) };
  if (running) return { icon: "circle-half", tone: "accent", heading: text("doctor-running", { host }), sentence: text("doctor-lead") };
  if (failure) return { icon: "octagon-cross", tone: "bad", heading: text("doctor-broken"), sentence: failureSentences(failure) };
  if (stopped) return { icon: "circle-dash", tone: "quiet", heading: text("doctor-was-stopped"), sentence: text("doctor-lead") };
  if (!report) return { icon: "circle-dotted", tone: "quiet", heading: text("doctor-unchecked", { host }), sentence: text("doctor-lead") };
  return { icon: "circle-tick", tone: "ok", heading: text("doctor-passed", { host: report.host }), sentence: text("doctor-passed-sentence") };
}

/**
 * The most exact words first: a certificate is mended by others where it is too old than where its issuer is unknown.
 * @param {"fails" | "means" | "remedy"} what @param {DoctorLayer} layer @param {DoctorFinding["failure"]} failure @param {DoctorMender} mender
 */
function wordIds(what, layer, failure, mender) {
  const code = failure?.code;
  return [`doctor-${what}-${code}-${mender}`, `doctor-${what}-${layer}-${code}`, `doctor-${what}-${code}`];
}

/** What a failure means, for a person. @param {DoctorFinding} finding @returns {string} */
export function meaning({ layer, failure, mender }) {
  const own = firstWords(wordIds("means", layer, failure, mender), {});
  return own ?? (failure ? `${failureWords(failure).happened} ${failureWords(failure).now}` : text("doctor-means-unknown"));
}

/** What whoever can mend it is to do. @param {DoctorFinding} finding @param {string} host */
export function remedy({ layer, failure, mender }, host) {
  const own = firstWords(wordIds("remedy", layer, failure, mender), { host });
  return `${text(`doctor-who-${mender}`)} ${own ?? (failure ? failureWords(failure).next : "")}`.trim();
}

/** "Stopped at layer 4 of 7" @param {DoctorView} view */
export function statusWords(view) {
  const { failed } = view;
  if (failed) return text("doctor-stopped-at", { layer: LAYERS.indexOf(failed.layer) + 1, layers: LAYERS.length });
  if (view.state.running) return text("doctor-status-running", { done: view.state.findings.length, layers: LAYERS.length });
  return view.state.report ? text("doctor-status-passed", { layers: LAYERS.length }) : "";
}

/** `direct` is a word, anything else the proxy's host and port. @param {string} route */
export function routeWords(route) {
  return hasText(`doctor-route-${route}`) ? text(`doctor-route-${route}`) : route;
}

/** "system", or "system and FILE". @param {string} trust */
export function trustWords(trust) {
  const [, name] = /^system and (.+)$/.exec(trust) ?? [];
  if (name) return text("doctor-trust-also", { name });
  return trust === "system" ? text("doctor-trust-system") : trust;
}
