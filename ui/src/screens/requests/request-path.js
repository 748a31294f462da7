// Owns the paths of documented requests: their placeholders, filling them in, and finding the request a path belongs to.

/** @import { DocumentedRequest } from "../../generated/DocumentedRequest.ts" */

/** The names in braces, in their order. @param {string} path @returns {string[]} */
export function placeholdersOf(path) {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1] ?? "");
}

/** The path with its placeholders filled in; one that is empty stays in braces. @param {string} path @param {Record<string, string>} values */
export function filledIn(path, values) {
  return path.replace(/\{([^{}]+)\}/g, (whole, name) => {
    const value = (values[name] ?? "").trim();
    return value ? encodeURIComponent(value) : whole;
  });
}

/** @param {string} segment */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What stands in the placeholders of a template, or null where the path is another. @param {string} template @param {string} path */
function valuesIn(template, path) {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  /** @type {Record<string, string>} */
  const values = {};
  for (const [place, segment] of wanted.entries()) {
    const [name] = placeholdersOf(segment);
    const typed = given[place] ?? "";
    if (name === undefined && segment !== typed) return null;
    if (name !== undefined) values[name] = decoded(typed);
  }
  return values;
}

/**
 * The documented request that a filled-in path belongs to; one without placeholders fits before one with them.
 * @param {DocumentedRequest[]} documented @param {string} path
 */
export function requestOf(documented, path) {
  const plainFirst = [...documented].sort((one, other) => placeholdersOf(one.path).length - placeholdersOf(other.path).length);
  for (const request of plainFirst) {
    const values = valuesIn(request.path, path);
    if (values) return { request, values };
  }
  return null;
}
