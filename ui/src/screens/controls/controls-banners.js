// Owns the banners of the screen: what is wrong or unsure about the register shown, and the one step for each.
import { html, nothing } from "lit";

import { actionWord, failureAdvice, failureDetails, failureStep, failureWords } from "../../i18n/failure.js";
import { momentWithin, number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import "../../components/pane-banner.js";
import "../../components/push-button.js";

/**
 * @import { Application } from "../../application.js"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { ControlsView } from "./controls-view.js"
 * @typedef {{ name: string, tone: "bad" | "warn" | "info", fact: string, advice: string, serverWords?: string | null,
 *   button?: { word: string, act: () => void } | null }} Banner
 */

/** Failures that only say that the network is away. */
const OFFLINE = new Set(["host-unknown", "unreachable"]);

/**
 * The step a failure asks for, or null where there is none.
 * @param {Application} app @param {ControlsView} view @param {Failure} failure @param {() => void} again
 */
export function remedy(app, view, failure, again) {
  const word = actionWord(failure);
  if (!word) return null;
  if (failure.action === "askAdministrator") return { word, act: () => app.copy(failureDetails(failure)) };
  if (["replaceSecret", "signInAgain", "correct"].includes(failure.action)) {
    return { word: text("controls-open-connection"), act: () => openConnection(app, view) };
  }
  const unlocks = failure.action === "unlockKeychain" || failure.action === "installKeychain";
  return { word, act: unlocks ? () => app.probeKeychain().catch(() => undefined).then(again) : again };
}

/** @param {Application} app @param {ControlsView} view */
function openConnection(app, view) {
  app.store.update({ connection: view.connection });
  app.goTo("connections");
}

/** @param {Application} app @param {ControlsView} view @returns {Banner | null} */
function failed(app, view) {
  const { syncFailure, snapshot, failure, total } = view.state;
  const shown = syncFailure ?? (total > 0 ? failure : null);
  if (!shown) return null;
  const button = remedy(app, view, shown, syncFailure ? () => view.runSync() : () => view.refresh());
  const moment = snapshot ? momentWithin(snapshot.finished) : "";
  if (snapshot && OFFLINE.has(shown.code)) {
    return { name: "failed", tone: "info", fact: text("controls-offline"), advice: text("controls-offline-advice", { moment }), button };
  }
  const { happened, serverWords } = failureWords(shown);
  const advice = snapshot ? text("controls-not-synced-advice", { moment, advice: failureStep(shown) }) : failureAdvice(shown);
  return { name: "failed", tone: "bad", fact: happened, advice, serverWords, button };
}

/** @param {ControlsView} view @returns {(Banner | null)[]} */
function doubts(view) {
  const { outcome, partial } = view.state;
  const rows = number(outcome?.snapshot.rows ?? 0);
  return [
    outcome?.suspiciousCount
      ? { name: "suspicious", tone: "warn", fact: text("controls-suspicious", { rows }), advice: text("controls-suspicious-advice") }
      : null,
    outcome && outcome.skipped > 0
      ? { name: "skipped", tone: "warn", fact: text("controls-skipped", { count: outcome.skipped }), advice: text("controls-skipped-advice") }
      : null,
    partial > 0
      ? {
          name: "partial",
          tone: "warn",
          fact: text("controls-partial", { count: partial }),
          advice: text("controls-partial-advice"),
          button: { word: text("controls-partial-show"), act: () => showPartial(view) },
        }
      : null,
  ];
}

/** Partial rows are those without a health. @param {ControlsView} view */
function showPartial(view) {
  view.clear([{ field: "health", values: [null] }]);
}

/** @param {Application} app @param {ControlsView} view */
export function banners(app, view) {
  const shown = [failed(app, view), ...doubts(view)].filter((banner) => banner && !view.state.dismissed.includes(banner.name));
  return shown.map((banner) => (banner ? drawn(banner, view) : nothing));
}

/** @param {Banner} banner @param {ControlsView} view */
function drawn({ name, tone, fact, advice, serverWords, button }, view) {
  return html`<pane-banner
    class="banner"
    data-banner=${name}
    .tone=${tone}
    .fact=${fact}
    .advice=${advice}
    .serverWords=${serverWords ?? null}
    ?urgent=${tone === "bad"}
    ?closable=${name !== "failed"}
    @closed=${() => view.dismiss(name)}
  >
    ${button ? html`<push-button slot="action" size="small" @click=${button.act}>${button.word}</push-button>` : nothing}
  </pane-banner>`;
}
