// Owns which drawing stands for which service.

/**
 * @import { Service } from "../generated/Service.ts"
 * @import { IconName } from "../components/icon.js"
 */

/** @type {Record<Service, IconName>} */
const ICONS = { hyperproof: "shield-check", hypothesis: "speech", practice: "flask" };

/** @param {Service} service @returns {IconName} */
export function serviceIcon(service) {
  return ICONS[service];
}
