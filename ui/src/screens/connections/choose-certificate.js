// Owns the choice of a certificate authority's file: the shell opens the dialog, the page gets a handle and a name.
import { failureWords } from "../../i18n/failure.js";
import { failureOf } from "../../platform/platform.js";

/**
 * @import { Application } from "../../application.js"
 * @import { CertificateTyped } from "./network.js"
 * @import { ShownFault } from "./connection-form.js"
 */

/**
 * Neither where the person closed the dialog.
 * @param {Application} app
 * @returns {Promise<{ certificate?: CertificateTyped, fault?: ShownFault }>}
 */
export async function chooseCertificate(app) {
  try {
    const chosen = await app.commands.certificateChoose();
    return chosen ? { certificate: chosen } : {};
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (failure.code === "cancelled") return {};
    const { happened, next } = failureWords(failure);
    return { fault: { words: `${happened} ${next}`, serverWords: failure.serverWords } };
  }
}
