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

builder.queryType({
  description: "All queries. Descriptions say how many calls to 7digital a field can cost. What a response already includes costs nothing.",
});

builder.mutationType({
  description:
    "All mutations. They run one after another, and at most one of an operation may spend money. Mistakes in `input`, and " +
    "anything that your user can act on, are `userErrors` of the payload. Everything else is in `errors`: missing or invalid " +
    "credentials, limits, failures of 7digital, and values of the wrong type.",
});

builder.subscriptionType({
  description:
    "All subscriptions. Send them by POST and accept `text/event-stream` (GraphQL over SSE, distinct connections mode). They wait without calls to " +
    "7digital. Fields of an event cost what they cost in a query.",
});
