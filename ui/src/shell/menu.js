// Owns the words of the native menu: which of the window's keys each stands for, and that one press counts once where a
// platform gives both the key and the menu's event.

/** @import { WindowKey } from "../window-keys.js" */
/** @import { ScreenName } from "../application.js" */

/** How close two of the same word are one press, in ms. */
const SAME_PRESS = 250;

const KEYS = new Set(["new", "refresh", "search", "detail", "rail", "next-pane", "previous-pane", "keys", "settings", "palette"]);

/** The rail's entries in its order: Ctrl 1 is the first. */
export const ENTRIES = /** @type {const} */ (["connections", "controls", "accounts", "requests", "activity", "doctor"]);

/** What a word of the menu means, or null. @param {unknown} word @returns {WindowKey | null} */
export function menuKey(word) {
  if (typeof word !== "string") return null;
  if (word.startsWith("go:")) {
    const place = ENTRIES.indexOf(/** @type {ScreenName} */ (word.slice("go:".length)));
    return place < 0 ? null : { entry: place + 1 };
  }
  return KEYS.has(word) ? /** @type {WindowKey} */ (word) : null;
}

/** @param {WindowKey} key */
const named = (key) => (typeof key === "object" ? `entry ${key.entry}` : key);

/** Tells a press that came by both ways. */
export class OnePress {
  #last = { name: "", from: "", at: -Infinity };

  /** Whether this is the same press as the last, come by the other way. @param {WindowKey} key @param {"key" | "menu"} from @param {number} at in ms */
  repeats(key, from, at) {
    const name = named(key);
    const { name: lastName, from: lastFrom, at: lastAt } = this.#last;
    const again = name === lastName && from !== lastFrom && at - lastAt < SAME_PRESS;
    if (!again) this.#last = { name, from, at };
    return again;
  }
}
