// Owns the look of the field.
import { css } from "lit";

export const fieldStyle = css`
  :host {
    display: block;
  }
  .head {
    display: flex;
    align-items: baseline;
    gap: var(--space-8);
    margin-block-end: var(--space-4);
  }
  label {
    font: var(--type-small-strong);
  }
  .counter {
    margin-inline-start: auto;
    font: var(--type-small);
    color: var(--text-2);
  }
  .over {
    color: var(--bad);
  }
  .box {
    display: flex;
    align-items: center;
    min-height: var(--height-row);
    border: 1px solid var(--field);
    border-radius: var(--radius-6);
    background: transparent;
  }
  .box:focus-within {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .box.wrong {
    border-color: var(--bad);
    box-shadow: 0 0 0 1px var(--bad);
  }
  .box.locked {
    background: var(--sub);
    border-color: var(--line);
    color: var(--text-2);
    padding-inline-start: var(--space-8);
  }
  input {
    flex: 1;
    min-width: 0;
    border: 0;
    background: none;
    padding: 0 var(--space-8);
    line-height: var(--space-20);
  }
  input:focus-visible {
    outline: none;
  }
  input.mono {
    font: var(--type-mono);
  }
  ::placeholder {
    color: var(--text-3);
    opacity: 1;
  }
  .fault,
  .good {
    display: flex;
    gap: var(--space-6);
    margin-block-start: var(--space-4);
    font: var(--type-small);
    color: var(--bad);
  }
  .good {
    color: var(--ok);
  }
  .fault .icon,
  .good .icon {
    margin-block-start: 1px;
  }
  .server-words {
    display: block;
    color: var(--text);
    overflow-wrap: anywhere;
    direction: ltr;
    unicode-bidi: isolate;
  }
  .hint {
    margin-block-start: var(--space-4);
  }
  @media (forced-colors: active) {
    .box:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;
