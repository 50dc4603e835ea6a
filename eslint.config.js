// What the scripts of the map may not do; docs/adr/0013-javascript-checks.md says why it is checked so.
import js from "@eslint/js";
import globals from "globals";

const ASKS_FOR_HTML = "Text enters the page as textContent only.";

export default [
  { ignores: ["build/", "dist/", ".venv/", ".tools/", "test-artifacts/"] },
  js.configs.recommended,
  {
    files: ["webapp/static/map/**/*.js"],
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": ["error", { hoist: "functions" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-imports": ["error", { patterns: [{ regex: "^(?!\\./\\w+\\.js$)", message: "Browsers get what lies beside a module." }] }],
      "no-restricted-properties": [
        "error",
        { property: "insertAdjacentHTML", message: ASKS_FOR_HTML },
        { property: "setHTMLUnsafe", message: ASKS_FOR_HTML },
        { property: "createContextualFragment", message: ASKS_FOR_HTML },
        { object: "document", property: "write", message: ASKS_FOR_HTML },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: ASKS_FOR_HTML },
        { selector: "ObjectExpression > Property[key.name=/^((inner|outer)HTML|srcdoc)$/]", message: ASKS_FOR_HTML },
        { selector: "ObjectExpression > Property[key.name='html'][value.type=/Literal/]", message: ASKS_FOR_HTML },
      ],
    },
  },
  { files: ["tests/js/**/*.js", "*.config.js"], languageOptions: { globals: globals.node } },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
];
