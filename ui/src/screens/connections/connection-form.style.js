// Owns the look of the form.
import { css } from "lit";

export const formStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--space-16);
  }
  .source {
    color: var(--text-2);
  }
  .sends {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-4) var(--space-24);
  }
  .label {
    font: var(--type-small-strong);
    margin-block-end: var(--space-4);
  }
  .to {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--space-20);
  }
  .to .icon {
    color: var(--text-2);
  }
  .hint {
    margin-block-start: var(--space-4);
  }
  pane-banner {
    margin-block-start: var(--space-8);
  }
  .port {
    display: flex;
    gap: var(--space-24);
  }
  .port text-field {
    flex: none;
    width: var(--width-port);
  }
  .redirect {
    flex: 1;
    min-width: 0;
  }
  .redirect bdi {
    overflow-wrap: anywhere;
  }
  definition-list {
    margin-block-start: var(--space-16);
  }
`;
