// Owns the look of the table.
import { css } from "lit";

export const tableStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    min-width: 0;
  }
  .grid {
    position: relative;
    flex: 1;
    min-height: 0;
    overflow: auto;
    scrollbar-color: var(--line-2) transparent;
  }
  .head,
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    padding-inline: var(--space-8);
    height: var(--height-row);
    border-block-end: 1px solid var(--line);
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--sub);
  }
  .body {
    position: relative;
  }
  .row {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
  }
  .row:hover {
    background: var(--hover);
  }
  .row[aria-selected="true"] {
    background: var(--soft);
    box-shadow: inset 2px 0 var(--accent);
  }
  .row:dir(rtl)[aria-selected="true"] {
    box-shadow: inset -2px 0 var(--accent);
  }
  .row:focus-visible,
  .head button:focus-visible {
    outline-offset: -2px;
  }
  .cell,
  .head-cell {
    display: flex;
    align-items: center;
    gap: var(--space-6);
    min-width: 0;
    padding-inline: var(--space-8);
    white-space: nowrap;
    overflow: hidden;
  }
  .cell > span,
  .cell > bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .dim {
    color: var(--text-2);
  }
  .strong,
  .row[aria-selected="true"] .subject {
    font: var(--type-value);
  }
  .sign {
    flex: none;
  }
  .end {
    justify-content: flex-end;
  }
  .head-cell {
    font: var(--type-tiny);
    color: var(--text-2);
    padding: 0;
  }
  .head-cell > span,
  .head button {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    height: 100%;
    padding-inline: var(--space-8);
  }
  .head-cell[aria-sort] button {
    color: var(--text);
    font-weight: 500;
  }
  mark {
    background: var(--mark);
    color: var(--text);
    border-radius: 2px;
  }
  @media (forced-colors: active) {
    .row[aria-selected="true"] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
