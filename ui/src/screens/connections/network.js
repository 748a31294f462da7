// Owns what was typed of a connection's network: proxy and certificate authority, its faults, and what is sent of it.

/**
 * @import { Field } from "../../generated/Field.ts"
 * @import { NetworkDraft } from "../../generated/NetworkDraft.ts"
 * @import { NetworkShown } from "../../generated/NetworkShown.ts"
 * @import { ProxyKind } from "../../generated/ProxyKind.ts"
 * `handle` is what `certificate_choose` gave, or "kept" for the one saved before.
 * @typedef {{ handle: string, name: string, certificates: number | null }} CertificateTyped
 * @typedef {object} NetworkTyped
 * @property {ProxyKind} proxy
 * @property {string} proxyAddress
 * @property {string} proxyUsername
 * @property {string} proxyPassword
 * @property {CertificateTyped | null} certificate
 */
import { proxyFault } from "./address.js";

/** @returns {NetworkTyped} */
export function noNetwork() {
  return { proxy: "system", proxyAddress: "", proxyUsername: "", proxyPassword: "", certificate: null };
}

/** What stands in the form of a network that is saved. The password never comes back. @param {NetworkShown} shown @returns {NetworkTyped} */
export function networkTyped({ proxy, proxyAddress, proxyUsername, certificate }) {
  return {
    proxy,
    proxyAddress: proxyAddress ?? "",
    proxyUsername: proxyUsername ?? "",
    proxyPassword: "",
    certificate: certificate === null ? null : { handle: "kept", name: certificate, certificates: null },
  };
}

/** The fields in the order of the form. @param {NetworkTyped} typed @returns {Field[]} */
export function networkFields({ proxy }) {
  return proxy === "address" ? ["proxyAddress", "proxyUsername", "proxyPassword", "certificateAuthority"] : ["certificateAuthority"];
}

/** @param {Field} field @param {NetworkTyped} typed @returns {string | null} a Fluent id */
export function networkFaultAt(field, { proxyAddress, proxyUsername, proxyPassword }) {
  if (field === "proxyAddress") return proxyFault(proxyAddress);
  if (field === "proxyUsername" && proxyPassword && !proxyUsername.trim()) return "fault-empty-proxyUsername";
  return null;
}

/** @param {NetworkTyped} typed @returns {NetworkDraft} */
export function networkSent({ proxy, proxyAddress, proxyUsername, proxyPassword, certificate }) {
  const own = proxy === "address";
  return {
    proxy,
    proxyAddress: own ? proxyAddress.trim() : "",
    proxyUsername: own ? proxyUsername.trim() : "",
    proxyPassword: own ? proxyPassword : "",
    certificate: certificate?.handle ?? null,
  };
}

/** `null` where nothing differs from the system's. @param {NetworkTyped} typed @returns {NetworkDraft | null} */
export function networkDraftOf(typed) {
  return typed.proxy === "system" && !typed.certificate ? null : networkSent(typed);
}
