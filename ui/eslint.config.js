// Owns what the linter refuses: unsafe sinks, words outside the Fluent files, the shell's API outside its one door.
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

import noLiteralText from "./test/lint/no-literal-text.js";

const onlyThroughThePlatform = {
  patterns: [{ group: ["@tauri-apps/*"], message: "Only src/platform/tauri.js knows the shell." }],
};

export default [
  { ignores: ["dist", "node_modules", "src/generated"] },
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "no-unsanitized": noUnsanitized, countersign: { rules: { "no-literal-text": noLiteralText } } },
    rules: {
      "no-unsanitized/method": "error",
      "no-unsanitized/property": "error",
      "consistent-return": "error",
      "curly": ["error", "multi-line"],
      "eqeqeq": "error",
      "no-alert": "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-undef": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "max-lines": ["error", 350],
    },
  },
  {
    files: ["src/**/*.js"],
    rules: {
      "countersign/no-literal-text": "error",
      "no-restricted-imports": ["error", onlyThroughThePlatform],
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "localStorage", "sessionStorage"],
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Build nodes with Lit." },
        { property: "outerHTML", message: "Build nodes with Lit." },
      ],
    },
  },
  { files: ["src/platform/tauri.js"], rules: { "no-restricted-imports": "off" } },
  { files: ["test/**/*.js"], languageOptions: { globals: { harness: "readonly" } }, rules: { "no-console": "off" } },
];
