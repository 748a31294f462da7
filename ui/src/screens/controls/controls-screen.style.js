// Owns the look of the Controls screen around its components.
import { css } from "lit";

export const controlsStyle = css`
  .end {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    min-width: 0;
  }
  search-field {
    flex: 0 1 var(--width-search);
    min-width: var(--width-search-least);
  }
  .sync {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-8);
    flex: none;
    min-width: var(--width-sync);
  }
  .sync-words {
    font: var(--type-small);
    color: var(--text-2);
    white-space: nowrap;
  }
  .sync-words strong {
    font: var(--type-small-strong);
  }
  .banner {
    flex: none;
    border-radius: 0;
    border-block-end: 1px solid var(--line);
  }
  .facets {
    padding: var(--space-12);
    background: var(--sub);
  }
  .list {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
    min-width: 0;
  }
  .details {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    border-radius: var(--radius-4);
  }
  .details:hover {
    color: var(--text);
  }
  .away {
    visibility: hidden;
  }
  @media (max-width: 999px) {
    search-field {
      flex-basis: var(--width-search-small);
    }
    .sync {
      min-width: 0;
    }
  }
  @media (max-width: 859px) {
    .changed {
      display: none;
    }
  }
`;
