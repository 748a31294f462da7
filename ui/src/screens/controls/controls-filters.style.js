// Owns the look of the filter bar and its popover.
import { css } from "lit";

export const filtersStyle = css`
  :host {
    display: block;
    position: relative;
    flex: none;
    border-block-end: 1px solid var(--line);
    z-index: 2;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--height-filter-bar);
    padding: 0 var(--space-12) 0 var(--space-16);
  }
  filter-chip {
    min-width: 0;
  }
  filter-chip[add] {
    flex: none;
  }
  .facets {
    margin-inline-start: auto;
  }
  .popover {
    position: absolute;
    inset-block-start: calc(100% - var(--space-4));
    width: var(--width-menu);
    max-height: calc(100vh - var(--height-toolbar) - var(--height-filter-bar) - var(--space-40));
    overflow: auto;
    scrollbar-color: var(--line-2) transparent;
    padding: var(--space-12);
    border: 1px solid var(--line);
    border-radius: var(--radius-8);
    background: var(--raised);
    box-shadow: var(--shadow);
    animation: rise var(--moment-popover) ease-out;
  }
  .popover:focus {
    outline: none;
  }
  .at-end {
    inset-inline-end: var(--space-12);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(var(--rise));
    }
  }
  .head {
    margin-block-end: var(--space-4);
  }
  .field {
    display: block;
    width: 100%;
    min-height: var(--height-row);
    padding: 0 var(--space-8);
    border-radius: var(--radius-6);
  }
  .field:hover,
  .field:focus {
    background: var(--hover);
  }
`;
