// Owns the look of the list.
import { css } from "lit";

export const listStyle = css`
  :host {
    display: block;
  }
  [role="listbox"] {
    padding: 0 var(--space-8) var(--space-8);
  }
  [role="listbox"]:focus-visible {
    outline-offset: -2px;
  }
  [role="listbox"]:focus-visible:has([aria-selected="true"]) {
    outline: none;
  }
  [role="listbox"]:focus-visible [aria-selected="true"] {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .group-head {
    padding: var(--space-12) var(--space-12) var(--space-4);
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-height: var(--height-list-row);
    padding: var(--space-4) var(--space-12);
    border-radius: var(--radius-6);
  }
  :host([marks="large"]) .row {
    min-height: var(--height-list-row-mark);
  }
  :host([marks="small"]) .row {
    padding-inline: var(--space-8);
    gap: var(--space-8);
  }
  .row:hover {
    background: var(--hover);
  }
  .row[aria-selected="true"] {
    background: var(--soft);
  }
  .mark {
    color: var(--text-2);
  }
  .row[aria-selected="true"] .mark {
    color: var(--accent);
  }
  :host([marks="large"]) .mark {
    display: grid;
    place-items: center;
    width: var(--mark-list);
    height: var(--mark-list);
    border-radius: var(--radius-6);
    background: var(--sel);
    color: var(--text);
  }
  :host([marks="large"]) .row[aria-selected="true"] .mark {
    background: var(--bg);
    color: var(--text);
  }
  .lines {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-width: 0;
  }
  .first {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-width: 0;
  }
  .title {
    flex: 1;
    font: var(--type-value);
  }
  .second.tone-bad {
    color: var(--bad);
  }
  .state {
    display: inline-flex;
    align-items: center;
    flex: none;
    gap: var(--space-6);
    font: var(--type-small);
  }
  .state .plain {
    color: var(--text-2);
  }
  @media (forced-colors: active) {
    .row[aria-selected="true"] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
