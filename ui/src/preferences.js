// Owns the look that the person prefers: what is chosen holds at once, and is saved whole, one save at a time.
// Must not draw it.
import { failureWords } from "./i18n/failure.js";
import { text } from "./i18n/text.js";
import { failureOf } from "./platform/platform.js";

/**
 * @import { Application } from "./application.js"
 * @import { PaneName } from "./generated/PaneName.ts"
 * @import { Preferences } from "./generated/Preferences.ts"
 */

/** Before anything was chosen. @type {Preferences} */
export const USUAL = { contrast: "system", railNarrow: false, paneWidths: {} };

export class PreferenceKeeper {
  #app;
  #wanted = false;
  #saving = false;
  #told = false;

  /** @param {Application} app */
  constructor(app) {
    this.#app = app;
  }

  /** Holds at once, and is saved. @param {Partial<Preferences>} change */
  choose(change) {
    this.#hold(change);
    return this.save();
  }

  /** Holds at once; one step of a drag, whose end is to `save`. @param {PaneName} pane @param {number} width in px */
  widen(pane, width) {
    this.#hold({ paneWidths: { ...this.#app.state.preferences.paneWidths, [pane]: width } });
  }

  /** What is chosen while a save is under way waits for its end: of two at once, the older could be written last. */
  async save() {
    // Before the first answer nobody knows what was chosen earlier: it must not be written over.
    if (!this.#app.state.status) return;
    this.#wanted = true;
    if (this.#saving) return;
    this.#saving = true;
    while (this.#wanted) {
      this.#wanted = false;
      await this.#write();
    }
    this.#saving = false;
  }

  /** @param {Partial<Preferences>} change */
  #hold(change) {
    this.#app.store.update({ preferences: { ...this.#app.state.preferences, ...change } });
  }

  async #write() {
    try {
      await this.#app.commands.preferencesSave(this.#app.state.preferences);
      this.#told = false;
    } catch (thrown) {
      this.#tell(failureWords(failureOf(thrown)).next);
    }
  }

  /** Once until a save succeeds, which brings all of it: the choice itself is not lost. @param {string} next */
  #tell(next) {
    if (!this.#told) this.#app.toast(text("preferences-not-saved", { next }), { sign: "warning" });
    this.#told = true;
  }
}
