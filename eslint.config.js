/** The one linter, for TypeScript and for SDL. Prettier alone decides about layout. */
import { existsSync } from "node:fs";
import js from "@eslint/js";
import graphql from "@graphql-eslint/eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const noDefaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "No default exports: a name is the same wherever it is imported.",
};
const noCastOfContext = {
  selector: "TSAsExpression > TSTypeReference > Identifier[name=/^(Scope|Bindings|\\w*Context)$/]",
  message: "The context is never cast: bind what fields need to the scope (src/shared/scope.ts).",
};
const everywhere = [noDefaultExport, noCastOfContext];

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "src/config/config.ts is the only reader of the environment.",
};
const noClock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "The clock comes in by argument." },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "The clock comes in by argument." },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: "Chance comes in by argument." },
];

const graphqlParser = (schema) => ({
  parser: graphql.parser,
  parserOptions: { graphQLConfig: { schema, documents: "schema/operations/*.graphql" } },
});

/** Packages of the examples and of the documentation site are installed apart, and without them no type of theirs is known. */
const withExamples = existsSync(new URL("examples/node_modules", import.meta.url));
const withGateways = existsSync(new URL("examples/gateways/node_modules", import.meta.url));
const withDocs = existsSync(new URL("docs/site/node_modules", import.meta.url));
const notInstalled = [
  ...(withExamples ? [] : ["examples/"]),
  ...(withGateways ? [] : ["examples/gateways/"]),
  ...(withDocs ? [] : ["docs/site/"]),
];

/** Rules of React, whose plugin is a package of the examples. */
async function reactRules() {
  const { default: hooks } = await import("./examples/node_modules/eslint-plugin-react-hooks/index.js");
  return { files: ["examples/**/*.tsx"], plugins: { "react-hooks": hooks }, rules: hooks.configs.recommended.rules };
}

export default defineConfig(
  globalIgnores([
    "dist/",
    "coverage/",
    "test/generated/",
    "examples/**/generated/",
    "test-results/",
    ".scratch/",
    "docs/site/dist/",
    ...notInstalled,
  ]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },

  {
    files: ["**/*.{ts,tsx}"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: "only-allowed-literals" }],
      // It asks for `!`, which the strict set forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // `text || fallback` is how an empty text is passed over.
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "no-restricted-syntax": ["error", ...everywhere],
      // Hard limits; aim for files of 200 lines, functions of 40 and 4 parameters.
      complexity: ["error", 15],
      eqeqeq: "error",
      "max-depth": ["error", 3],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 5],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/config/config.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": ["error", ...everywhere, noEnvironment],
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "max-lines": ["error", { max: 250 }], "max-lines-per-function": ["error", { max: 50 }] },
  },
  {
    files: ["src/{upstream,shared,catalogue,media,basket,locker,purchase,account,graph}/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...everywhere, noEnvironment, ...noClock] },
  },
  // The fields of a type are a table, not a procedure.
  { files: ["src/**/*.graph.ts"], rules: { "max-lines-per-function": "off" } },
  { files: ["src/sandbox/cli/cli.ts"], rules: { "no-console": "off" } },
  // Hands its surroundings to everything below it.
  { files: ["src/main.ts"], rules: { "no-console": "off", "no-restricted-syntax": ["error", ...everywhere] } },
  { files: ["test/**/*.ts"], rules: { "max-lines": "off" } },
  {
    files: ["{src,test,scripts}/**/*.ts"],
    // "told" names nothing: say what the thing is.
    rules: { "id-match": ["error", "^(?!.*[tT]old)", { properties: true, classFields: true }] },
  },
  // Defaults of Apollo Client are declared in its namespace.
  { files: ["examples/apollo/client.ts"], rules: { "@typescript-eslint/no-namespace": "off" } },
  // The rule never ends on the types of graphql's type system, which hold each other.
  { files: ["docs/site/reference/*.ts"], rules: { "@typescript-eslint/no-unsafe-class-instance-assignment": "off" } },
  { files: ["**/*.config.ts", "**/codegen.ts", "docs/site/eleventy.d.ts"], rules: { "no-restricted-syntax": "off" } },
  ...(withExamples ? [await reactRules()] : []),

  {
    files: ["**/*.{js,mjs,cjs}"],
    extends: [js.configs.recommended],
    languageOptions: { globals: { console: "readonly", module: "writable", process: "readonly", URL: "readonly" } },
  },
  {
    files: ["public/*.js"],
    languageOptions: {
      sourceType: "script",
      globals: Object.fromEntries(
        [
          "AbortController",
          "AbortSignal",
          "HTMLElement",
          "TextDecoderStream",
          "crypto",
          "document",
          "fetch",
          "localStorage",
          "matchMedia",
          "setTimeout",
        ].map((name) => [name, "readonly"]),
      ),
    },
  },

  {
    // It has all that the public schema has.
    files: ["schema/operator.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: graphqlParser("schema/operator.graphql"),
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      "@graphql-eslint/no-scalar-result-type-on-mutation": "error",
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      // An edge may lead to a value that is no node of its own, and lists that are no connections are lists of plain types.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      // `releaseId` and `trackId` are 7digital's words: the name says which of the two kinds of id it is.
      "@graphql-eslint/no-typename-prefix": "off",
      // ErrorCode is for generated types. test/unit/graph/introspection.test.ts checks all others.
      "@graphql-eslint/no-unreachable-types": "off",
      // Values (Money, Price, edges, payloads) have no identity.
      "@graphql-eslint/strict-id-in-types": "off",
    },
  },
  {
    files: ["schema/operations/*.graphql"],
    plugins: { "@graphql-eslint": graphql },
    languageOptions: graphqlParser("schema/schema.graphql"),
    rules: {
      ...graphql.configs["flat/operations-recommended"].rules,
      // Examples show what they are about, not the ids a client's cache would add.
      "@graphql-eslint/require-selections": "off",
      "@graphql-eslint/selection-set-depth": ["error", { maxDepth: 10 }],
    },
  },
);
