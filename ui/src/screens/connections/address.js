// Owns what an address typed into a form may be. Must not be stricter than the domain's BoundAddress.

/** @param {string} text */
function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** @param {string} text @param {string} empty @returns {string | null} a Fluent id */
export function addressFault(text, empty) {
  if (!text.trim()) return empty;
  const url = parsed(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) return "fault-address";
  if (url.username || url.password) return "fault-address-user";
  if (url.search || url.hash || /[?#]/.test(text)) return "fault-address-extra";
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === "http:" && !loopback ? "fault-address-insecure" : null;
}

/** The host of an address that could be saved, with the port where it is unusual. @param {string} text */
export function hostOf(text) {
  return addressFault(text, "empty") ? null : (parsed(text.trim())?.host ?? null);
}

/** A proxy is `http://host:port` or `https://host:port`; without a scheme the first is meant. @param {string} text @returns {string | null} a Fluent id */
export function proxyFault(text) {
  const value = text.trim();
  if (!value) return "fault-empty-proxyAddress";
  if (value.includes("@")) return "fault-proxy-user";
  const url = parsed(value.includes("://") ? value : `http://${value}`);
  const bare = url && url.pathname === "/" && !/[?#]/.test(value);
  return bare && /^https?:$/.test(url.protocol) && url.hostname && value.length <= 300 ? null : "fault-proxy";
}
