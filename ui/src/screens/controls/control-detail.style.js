// Owns the look of the detail pane.
import { css } from "lit";

export const detailStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    min-width: 0;
    background: var(--sub);
  }
  :host([covering]) {
    position: absolute;
    inset: 0;
    z-index: 2;
  }
  header {
    flex: none;
    padding: var(--space-8) var(--space-12) var(--space-12) var(--space-16);
  }
  .line {
    display: flex;
    align-items: center;
    min-height: var(--height-row);
  }
  .alone {
    padding: var(--space-8) var(--space-12) 0;
  }
  .identifier {
    color: var(--text-2);
    unicode-bidi: isolate;
  }
  .buttons {
    display: flex;
    margin-inline-start: auto;
    gap: var(--space-4);
  }
  h2 {
    font: var(--type-title);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    overflow-wrap: anywhere;
    padding-inline-end: var(--space-4);
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-8);
    min-height: var(--height-badge);
    margin-block-start: var(--space-8);
  }
  state-badge {
    max-width: 100%;
  }
  .badge {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .tabs {
    display: flex;
    flex: none;
    gap: var(--space-20);
    padding-inline: var(--space-16);
    border-block: 1px solid var(--line);
  }
  .tabs button {
    min-height: var(--height-large);
    color: var(--text-2);
  }
  .tabs button:focus-visible {
    outline-offset: -2px;
  }
  .tabs [aria-selected="true"] {
    color: var(--text);
    font: var(--type-value);
    box-shadow: inset 0 -2px var(--accent);
  }
  .panel {
    padding: var(--space-8) var(--space-16) var(--space-16);
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .row {
    display: flex;
    align-items: baseline;
    min-height: var(--height-small);
    padding-block: 2px;
  }
  dt {
    flex: none;
    width: var(--width-name);
    padding-inline-end: var(--space-8);
    color: var(--text-2);
    overflow-wrap: anywhere;
  }
  dd {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  bdi {
    white-space: pre-wrap;
  }
  .state {
    display: inline-flex;
    align-items: baseline;
    gap: var(--space-8);
  }
  .sign {
    align-self: center;
  }
  .dim,
  .note {
    color: var(--text-2);
  }
  .shortened dd {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 6;
    overflow: hidden;
  }
  .all {
    display: flex;
    justify-content: space-between;
    margin: var(--space-16) 0 var(--space-4);
    padding-block-start: var(--space-12);
    border-block-start: 1px solid var(--line);
  }
  pre {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .hint {
    padding: var(--space-16);
    color: var(--text-2);
  }
  pane-banner {
    margin: var(--space-8) var(--space-12);
  }
  mark {
    background: var(--mark);
    color: var(--text);
    border-radius: 2px;
  }
  @media (forced-colors: active) {
    .tabs [aria-selected="true"] {
      border-block-end: 2px solid Highlight;
    }
  }
`;
