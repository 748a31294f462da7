// Owns the keys of the whole window: which key means what. Must not act: whoever asked does.

/**
 * @typedef {"new" | "search" | "refresh" | "detail" | "escape"} ScreenKey keys that belong to the screen
 * @typedef {"rail" | "next-pane" | "previous-pane" | "palette" | "settings" | "keys"} ShellKey
 * @typedef {{ entry: number } | ScreenKey | ShellKey} WindowKey
 */

/** @type {Record<string, WindowKey>} */
const WITH_CONTROL = { "n": "new", "f": "search", "r": "refresh", "i": "detail", "b": "rail", "k": "palette", ",": "settings" };

/**
 * @param {KeyboardEvent} event
 * @returns {WindowKey | null}
 */
export function windowKey(event) {
  if (event.key === "F6") return event.shiftKey ? "previous-pane" : "next-pane";
  if (event.key === "F1") return "keys";
  if (event.key === "Escape") return "escape";
  if (event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return null;
  if (/^[1-9]$/.test(event.key)) return { entry: Number(event.key) };
  return WITH_CONTROL[event.key.toLowerCase()] ?? null;
}
