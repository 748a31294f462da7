// Owns finding what can take the keyboard's focus, through shadow roots and slots.

const CANDIDATES = 'a[href], button, input, select, textarea, [tabindex]';

/** @param {Element} element */
function takesFocus(element) {
  const html = /** @type {HTMLElement} */ (element);
  return element.matches(CANDIDATES) && html.tabIndex >= 0 && !element.hasAttribute("disabled") && html.checkVisibility();
}

/**
 * Every focusable element under `root`, in the order Tab takes.
 * @param {Element | DocumentFragment} root
 * @returns {HTMLElement[]}
 */
export function focusableWithin(root) {
  /** @type {HTMLElement[]} */
  const found = [];
  for (const child of root.children) {
    if (takesFocus(child)) found.push(/** @type {HTMLElement} */ (child));
    if (child.shadowRoot) found.push(...focusableWithin(child.shadowRoot));
    if (child instanceof HTMLSlotElement) {
      for (const assigned of child.assignedElements()) {
        if (takesFocus(assigned)) found.push(/** @type {HTMLElement} */ (assigned));
        if (assigned.shadowRoot) found.push(...focusableWithin(assigned.shadowRoot));
        found.push(...focusableWithin(assigned));
      }
    } else {
      found.push(...focusableWithin(child));
    }
  }
  return found;
}

/** The element that has the focus, however deep. @returns {HTMLElement | null} */
export function deepActiveElement() {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return /** @type {HTMLElement | null} */ (active);
}
