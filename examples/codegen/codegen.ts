/** Typed documents from the schema: `npx graphql-codegen --config codegen.ts`. */
// #region config
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

const documents = {
  preset: "client" as const,
  presetConfig: {
    fragmentMasking: { unmaskFunctionName: "unmask" },
    persistedDocuments: { hashAlgorithm: "sha256" },
  },
  config: { scalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true },
};
/** All enums: no operation mentions ErrorCode. */
const enums = { plugins: ["typescript"], config: { onlyEnums: true, enumsAsTypes: true } };

const config: CodegenConfig = {
  schema: "../../schema/schema.graphql", // or http://127.0.0.1:4000/graphql
  silent: true,
  generates: {
    // Texts, as fetch sends them. Leave documentMode out for Apollo Client and urql, which need parsed documents.
    "generated/": { ...documents, documents: ["*.ts", "!*.test.ts"], config: { ...documents.config, documentMode: "string" } },
    "generated/enums.ts": enums,
  },
};
export default config;
// #endregion config

for (const example of ["apollo", "urql"]) {
  config.generates[`../${example}/generated/`] = { ...documents, documents: [`../${example}/*.ts`, `!../${example}/*.test.ts`] };
  config.generates[`../${example}/generated/enums.ts`] = enums;
}
