// Owns how components tell their parents: one bubbling event with a detail.

/**
 * @param {EventTarget} from
 * @param {string} name
 * @param {unknown} [detail]
 */
export function emit(from, name, detail) {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
