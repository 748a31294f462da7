// Owns the Connections screen.
import { html } from "lit";

import { text } from "../../i18n/text.js";
import { ScreenElement } from "../screen-element.js";
import "../../components/status-bar.js";
import "../../components/tool-bar.js";

/** `.app` */
export class ConnectionsScreen extends ScreenElement {
  render() {
    return html`<tool-bar .heading=${text("connections-title")}></tool-bar>
      <div class="scrolling"></div>
      <status-bar></status-bar>`;
  }
}

customElements.define("connections-screen", ConnectionsScreen);
