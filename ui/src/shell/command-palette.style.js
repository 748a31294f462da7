// Owns the look of the palette.
import { css } from "lit";

export const paletteStyle = css`
  dialog {
    display: flex;
    flex-direction: column;
    width: var(--width-sheet-medium);
    max-width: calc(100vw - var(--space-32));
    max-height: min(var(--height-palette), calc(100vh - var(--space-40)));
    margin-block-start: var(--height-toolbar);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-10);
    background: var(--raised);
    color: var(--text);
    box-shadow: var(--shadow);
    overflow: hidden;
    animation: rise var(--moment-popover) ease-out;
  }
  dialog::backdrop {
    background: var(--scrim);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(var(--rise));
    }
  }
  .field {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    flex: none;
    min-height: var(--height-toolbar);
    padding-inline: var(--space-16);
    border-block-end: 1px solid var(--line);
  }
  .icon {
    color: var(--text-2);
  }
  input {
    flex: 1;
    min-width: 0;
    border: 0;
    padding: 0;
    background: none;
    font: var(--type-text);
  }
  input:focus-visible {
    outline: none;
  }
  ::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  .list {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: var(--space-8);
    scrollbar-color: var(--line-2) transparent;
  }
  .list:empty {
    display: none;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-height: var(--height-row);
    padding: 0 var(--space-8);
    border-radius: var(--radius-6);
  }
  .row:hover {
    background: var(--hover);
  }
  .row[aria-selected="true"] {
    background: var(--soft);
  }
  .row[aria-selected="true"] .icon {
    color: var(--accent);
  }
  .label {
    flex: 1;
    min-width: 0;
  }
  .row .second {
    max-width: 45%;
  }
  .none:not(:empty) {
    padding: var(--space-16);
  }
  @media (forced-colors: active) {
    .row[aria-selected="true"] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
