/** Typed documents for our own tests, made the way docs/clients.md tells users to make theirs. */
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  documents: ["test/**/*.ts", "schema/operations/*.graphql", "!test/generated/**"],
  silent: true,
  generates: {
    "test/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          CountryCode: "string",
          CurrencyCode: "string",
          Date: "string",
          DateTime: "string",
          Decimal: "string",
          ISRC: "string",
          URL: "string",
        },
        useTypeImports: true,
      },
    },
  },
  importExtension: ".js",
};

export default config;
