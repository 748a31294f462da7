// Owns the drawings: 16 px, 1.5 px round stroke, current colour. `icon(name, size)` puts one into a template.
import { css, html, svg } from "lit";

const DRAWINGS = /** @type {const} */ ({
  "arrow-down": svg`<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>`,
  "arrow-left": svg`<path d="M13 8H3M6.5 4.5 3 8l3.5 3.5"/>`,
  "arrow-up": svg`<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>`,
  "check": svg`<path d="m3 8.5 3.2 3.200L13 5"/>`,
  "checklist": svg`<path d="m1.8 4.2 1.3 1.3 2.3-2.600M1.8 11l1.3 1.300L5.4 9.700M8 4.500h6.200M8 11.500h6.2"/>`,
  "chevron-down": svg`<path d="M4 6.2 8 10l4-3.8"/>`,
  "chevron-right": svg`<path d="M6.2 4 10 8l-3.8 4"/>`,
  "circle": svg`<circle cx="8" cy="8" r="5.8"/>`,
  "circle-dash": svg`<circle cx="8" cy="8" r="6"/><path d="M5.5 8h5"/>`,
  "circle-dotted": svg`<circle cx="8" cy="8" r="6" stroke-dasharray="2.6 2.1"/>`,
  "circle-full": svg`<circle cx="8" cy="8" r="6"/><circle cx="8" cy="8" r="2.8" fill="currentColor" stroke="none"/>`,
  "circle-half": svg`<circle cx="8" cy="8" r="6"/><path d="M8 5.200a2.8 2.8 0 0 1 0 5.600z" fill="currentColor" stroke="none"/>`,
  "circle-tick": svg`<circle cx="8" cy="8" r="6"/><path d="m5.4 8.2 1.8 1.8 3.4-3.7"/>`,
  "clock": svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.600V8l2.2 1.5"/>`,
  "code": svg`<path d="M5.500 4.500 2 8l3.500 3.500M10.500 4.500 14 8l-3.500 3.500"/>`,
  "columns": svg`<rect x="2" y="2.8" width="12" height="10.4" rx="1.5"/><path d="M6 2.800v10.400M10 2.800v10.4"/>`,
  "copy": svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 5.500V4A1.5 1.5 0 0 0 9 2.500H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.500h1.5"/>`,
  "cross": svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  "export": svg`<path d="M8 2.500v7.500M4.8 7 8 10.2 11.2 7M2.8 13.200h10.4"/>`,
  "file": svg`<path d="M9.500 2H4.500A1.500 1.500 0 0 0 3 3.500v9A1.500 1.500 0 0 0 4.500 14h7a1.500 1.500 0 0 0 1.500-1.500V5.500zM9.500 2v3.500H13"/>`,
  "filter": svg`<path d="M2.5 4h11M4.5 8h7M6.5 12h3"/>`,
  "flask": svg`<path d="M6 2.200h4M6.7 2.200V6L3.2 12a1.2 1.2 0 0 0 1 1.800h7.600a1.2 1.2 0 0 0 1-1.800L9.3 6V2.200M5 9.800h6"/>`,
  "globe": svg`<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2.2 2 2.6 4 2.6 6S10.2 12 8 14c-2.2-2-2.6-4-2.6-6S5.8 4 8 2"/>`,
  "info": svg`<circle cx="8" cy="8" r="6"/><path d="M8 7.500v3.200M8 5.200v.1"/>`,
  "key": svg`<circle cx="5.2" cy="10.8" r="2.9"/><path d="m7.3 8.7 6-6M10.7 5.300l1.9 1.9"/>`,
  "layers": svg`<path d="M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3"/>`,
  "lock": svg`<rect x="3" y="7" width="10" height="6.5" rx="1.5"/><path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2"/>`,
  "octagon-cross": svg`<path d="M5.5 2h5L14 5.500v5L10.5 14h-5L2 10.500v-5z"/><path d="m6.1 6.1 3.8 3.800M9.9 6.1 6.1 9.9"/>`,
  "pencil": svg`<path d="M2.8 13.2 3.5 10l7.3-7.300a1.2 1.2 0 0 1 1.7 0l.8.8a1.2 1.2 0 0 1 0 1.700L6 12.500z"/>`,
  "person": svg`<circle cx="8" cy="5.2" r="2.9"/><path d="M2.8 14c.3-3 2.4-4.6 5.2-4.600s4.9 1.6 5.2 4.6"/>`,
  "plus": svg`<path d="M8 3v10M3 8h10"/>`,
  "pulse": svg`<path d="M1.500 8.500H4.500L6.500 3l3.500 10 2-4.500h2.500"/>`,
  "search": svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.4 10.4 3.1 3.1"/>`,
  "selector": svg`<path d="M5 6.2 8 3.200l3 3M5 9.800l3 3 3-3"/>`,
  "shield-check": svg`<path d="M8 1.8 13 3.600V8c0 3-2 5-5 6.300C5 13 3 11 3 8V3.600z"/><path d="m5.9 7.9 1.6 1.6 2.8-3"/>`,
  "sliders": svg`<path d="M2 5h6.500M12 5h2M2 11h2M7.500 11H14"/><circle cx="10.200" cy="5" r="1.700"/><circle cx="5.800" cy="11" r="1.700"/>`,
  "speech": svg`<path d="M3.5 2.500h9A1.5 1.5 0 0 1 14 4v6a1.5 1.5 0 0 1-1.5 1.500H9L6 14v-2.500H3.500A1.5 1.5 0 0 1 2 10V4a1.5 1.5 0 0 1 1.5-1.500zM5 5.800h6M5 8.300h3.5"/>`,
  "sync": svg`<path d="M13.5 6.500A5.8 5.8 0 0 0 3 5M2.7 2.300v3h3M2.5 9.500A5.8 5.8 0 0 0 13 11m.3 2.700v-3h-3"/>`,
  "triangle": svg`<path d="M8 2.3 14.3 13a.5.5 0 0 1-.4.700H2.100a.5.5 0 0 1-.4-.7z"/><path d="M8 6.400v3.100M8 11.600v.1"/>`,
});

/** @typedef {keyof typeof DRAWINGS} IconName */

/**
 * A drawing as decoration: the word beside it says what it means.
 * @param {IconName} name
 * @param {"normal" | "row" | "badge"} [size]
 */
export function icon(name, size = "normal") {
  return html`<svg class="icon icon-${size}" viewBox="0 0 16 16" aria-hidden="true">${DRAWINGS[name]}</svg>`;
}

/** The style that `icon` needs in a component's sheet. */
export const icons = css`
  .icon {
    width: var(--icon);
    height: var(--icon);
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon-row {
    width: var(--icon-row);
    height: var(--icon-row);
  }
  .icon-badge {
    width: var(--icon-badge);
    height: var(--icon-badge);
  }
`;
