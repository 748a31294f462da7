// Owns turning Fluent sources into messages. Knows no file: sources are handed in.
import { FluentBundle, FluentResource } from "@fluent/bundle";

/**
 * A bundle of every source. Throws on a message that stands twice or cannot be read: both are faults of the program.
 * @param {string} locale
 * @param {string[]} sources
 */
export function bundleOf(locale, sources) {
  const bundle = new FluentBundle(locale, { useIsolating: false });
  addTo(bundle, sources);
  return bundle;
}

/** Adds further sources. Throws as `bundleOf`. @param {FluentBundle} bundle @param {string[]} sources */
export function addTo(bundle, sources) {
  for (const source of sources) {
    const errors = bundle.addResource(new FluentResource(source));
    if (errors.length > 0) throw errors[0];
  }
}

/**
 * @param {FluentBundle} bundle
 * @param {string} id `message` or `message.attribute`
 * @param {Record<string, string | number>} [args]
 * @returns {string | null} null where there is no such message
 */
export function formatted(bundle, id, args) {
  const [name = "", attribute] = id.split(".");
  const message = bundle.getMessage(name);
  const pattern = attribute ? message?.attributes[attribute] : message?.value;
  return pattern ? bundle.formatPattern(pattern, args, []) : null;
}
