// Owns setting style properties from templates. Lit's styleMap writes a style attribute first, which the policy blocks.
import { nothing } from "lit";
import { Directive, directive } from "lit/directive.js";

class Properties extends Directive {
  /** @param {Record<string, string>} _values */
  render(_values) {
    return nothing;
  }

  /**
   * @param {import("lit/directive.js").ElementPart} part
   * @param {[Record<string, string>]} values
   * @override
   */
  update(part, [values]) {
    const { style } = /** @type {HTMLElement} */ (part.element);
    for (const [name, value] of Object.entries(values)) style.setProperty(name, value);
    return nothing;
  }
}

/** `<div ${properties({ width: "40px" })}>` */
export const properties = directive(Properties);
