// Owns the lint rule that keeps words out of templates: text and spoken attributes come from the Fluent files.

const SPOKEN = /\b(?:aria-label|aria-description|aria-roledescription|title|alt|placeholder|label|hint|heading|sentence|fact|advice)="[^"$]*\p{L}[^"]*"/u;
const HOLE = "\u0000";

/**
 * The literal words of a template whose expressions are replaced by holes.
 * @param {string} template
 * @returns {string | null}
 */
export function literalText(template) {
  const spoken = SPOKEN.exec(template.replaceAll(HOLE, ""));
  if (spoken) return spoken[0];
  const text = template.replace(/<!--[\s\S]*?-->/g, "").replace(/<[^>]*>/g, "").replaceAll(HOLE, "");
  return /\p{L}/u.test(text) ? text.trim() : null;
}

/** @type {import("eslint").Rule.RuleModule} */
export default {
  meta: { type: "problem", schema: [], messages: { literal: "Words belong to src/i18n: {{text}}" } },
  create(context) {
    return {
      TaggedTemplateExpression(node) {
        if (node.tag.type !== "Identifier" || node.tag.name !== "html") return;
        const text = literalText(node.quasi.quasis.map((part) => part.value.cooked ?? "").join(HOLE));
        if (text) context.report({ node, messageId: "literal", data: { text: text.slice(0, 60) } });
      },
    };
  },
};
