// Owns the style every component starts from: box, type, focus ring, and the few shapes that several share.
// Must not hold a colour or a size: those are tokens.
import { css } from "lit";

export const base = css`
  :host {
    font: var(--type-text);
    font-variant-numeric: tabular-nums;
    color: var(--text);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  button,
  input {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    border: 0;
    padding: 0;
    background: none;
    cursor: default;
    text-align: start;
  }
  svg {
    display: block;
    flex: none;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  .spoken {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Colours of a state: put `tone-ok`, `tone-warn`, `tone-bad`, `tone-quiet` or `tone-accent` on an element. */
export const tones = css`
  .tone-ok {
    color: var(--ok);
  }
  .tone-warn {
    color: var(--warn);
  }
  .tone-bad {
    color: var(--bad);
  }
  .tone-quiet {
    color: var(--text-3);
  }
  .tone-accent {
    color: var(--accent);
  }
`;

/** Small texts: `second` for second lines and hints, `tiny` for counts and column heads, `mono` for ids. */
export const texts = css`
  .second {
    font: var(--type-small);
    color: var(--text-2);
  }
  .tiny {
    font: var(--type-tiny);
    color: var(--text-2);
  }
  .group-head {
    font: var(--type-tiny-strong);
    color: var(--text-2);
  }
  .mono {
    font: var(--type-mono);
  }
  .cut {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  code {
    font: var(--type-mono);
  }
`;

/** A scrolling body that fills what its column leaves. */
export const scrolling = css`
  .scrolling {
    flex: 1;
    min-height: 0;
    overflow: auto;
    scrollbar-color: var(--line-2) transparent;
  }
`;
