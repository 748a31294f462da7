// Owns the look of the sheets of this screen.
import { css } from "lit";

export const addStyle = css`
  .form {
    display: flex;
    flex-direction: column;
    gap: var(--space-16);
  }
  .kept {
    display: flex;
    align-items: center;
    gap: var(--space-12);
  }
  .line {
    display: block;
  }
`;
