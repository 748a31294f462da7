// Owns the look of the card.
import { css } from "lit";

export const cardStyle = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  article {
    max-width: calc(var(--width-card) + 2 * var(--space-32));
    padding: var(--space-24) var(--space-32) var(--space-32);
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: var(--space-12);
  }
  .mark {
    display: grid;
    place-items: center;
    flex: none;
    width: var(--mark-card);
    height: var(--mark-card);
    margin-block-start: var(--space-4);
    border-radius: var(--radius-8);
    background: var(--sel);
  }
  .names {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font: var(--type-subject);
  }
  .subtitle {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-4) var(--space-8);
    color: var(--text-2);
  }
  .state {
    text-align: end;
    flex: none;
    padding-block-start: var(--space-4);
  }
  .state-word {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: var(--space-6);
  }
  .binding {
    display: flex;
    align-items: center;
    gap: var(--space-12);
    margin-block: var(--space-20) var(--space-12);
    padding: var(--space-12) var(--space-16);
    border-radius: var(--radius-6);
    background: var(--sub);
  }
  .sentence {
    font: var(--type-value);
    overflow-wrap: anywhere;
  }
  .columns {
    display: flex;
    gap: var(--space-32);
  }
  .main-column {
    flex: 1;
    min-width: 0;
  }
  section {
    margin-block-start: var(--space-20);
  }
  h3 {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-8);
    font: var(--type-tiny-strong);
    color: var(--text-2);
    margin-block-end: var(--space-8);
  }
  h3 > * {
    white-space: nowrap;
  }
  .permissions {
    flex: none;
    width: var(--width-permissions);
  }
  ul {
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    min-height: var(--height-small);
  }
  .permission {
    width: 40%;
    overflow-wrap: anywhere;
  }
  .advice {
    margin-block-start: var(--space-8);
  }
  .link {
    border-radius: var(--radius-4);
    font: var(--type-small);
    color: var(--accent);
  }
  .link:hover {
    text-decoration: underline;
  }
  pane-banner + pane-banner {
    margin-block-start: var(--space-8);
  }
  .words,
  .none {
    color: var(--text-2);
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  /* The line above the first row: a collapsed table whose head is hidden draws it over one column only. */
  .calls h3 {
    margin-block-end: 0;
    padding-block-end: var(--space-4);
    border-block-end: 1px solid var(--line);
  }
  tr {
    height: var(--height-row);
  }
  tbody tr {
    border-block-end: 1px solid var(--line);
  }
  td {
    padding: 0 var(--space-16) 0 0;
    color: var(--text-2);
    white-space: nowrap;
  }
  td.path {
    width: 60%;
    color: var(--text);
    white-space: normal;
    overflow-wrap: anywhere;
  }
  td.number {
    text-align: end;
    padding: 0 0 0 var(--space-16);
  }
  td.refused {
    color: var(--bad);
    font-weight: 500;
  }
  @container (max-width: 620px) {
    article {
      padding-inline: var(--space-16);
    }
    .columns {
      flex-direction: column;
      gap: 0;
    }
    .permissions {
      width: auto;
    }
  }
`;
