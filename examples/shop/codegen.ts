/** Typed documents: `npx graphql-codegen --config examples/shop/codegen.ts`. */
import type { CodegenConfig } from "@graphql-codegen/cli";

/** All scalars of this API are strings in JSON. */
const scalars = {
  CountryCode: "string",
  CurrencyCode: "string",
  Date: "string",
  DateTime: "string",
  Decimal: "string",
  ID: "string",
  ISRC: "string",
  URL: "string",
};

const config: CodegenConfig = {
  schema: "../../schema/schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/generated/**"],
  errorsOnly: true,
  generates: {
    "src/generated/enums.ts": { plugins: ["typescript"], config: { onlyEnums: true, enumsAsTypes: true } },
    "src/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: { unmaskFunctionName: "unmask" } },
      config: { scalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true },
    },
  },
};

export default config;
