/** The builder that every slice defines its types with. It holds no types itself. */
import SchemaBuilder from "@pothos/core";
import type { Scope } from "../shared/scope.js";

export type ScalarName = "CountryCode" | "CurrencyCode" | "Date" | "DateTime" | "Decimal" | "ISRC" | "URL";

interface GraphTypes {
  Context: Scope;
  /** All are text inside, as 7digital sent it. */
  Scalars: Record<ScalarName | "ID", { Input: string; Output: string }>;
}

export const builder = new SchemaBuilder<GraphTypes>({});

/** The builder's own view of `GraphTypes`, for functions that define types. */
export type SchemaTypes = typeof builder.$inferSchemaTypes;

builder.queryType({ description: "Everything that can be asked. Each field says which 7digital method it may call." });

builder.mutationType({
  description:
    "Everything that can be changed. Mutations of one operation run one after another, and at most one of them may spend money. What a " +
    "shopper can do something about is answered as `userErrors`; anything else that fails is in `errors`.",
});
