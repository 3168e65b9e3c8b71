/** The tabs that GraphiQL opens with: the examples. Those that need a user carry the demo user's bearer token. */
import { sealToken } from "../../shared/sealed-token.js";
import type { Sealer } from "../../shared/sealing.js";
import type { Token } from "../../upstream/request/oauth.js";
import type { GraphiqlTab } from "./graphiql.js";
import type { ExampleOperation } from "./example-operations.js";

/** Ten years, because browsers keep their tabs. */
const demoSeconds = 10 * 365 * 86_400;

/** @param demoUser Undefined outside demo mode: then no token is filled in. */
export async function exampleTabs(
  operations: readonly ExampleOperation[],
  sealer: Sealer,
  demoUser: Token | undefined,
): Promise<readonly GraphiqlTab[]> {
  if (demoUser === undefined) return operations.map(({ query }) => ({ query }));
  const { text } = await sealToken(sealer, "access", demoUser, demoSeconds);
  const headers = JSON.stringify({ Authorization: `Bearer ${text}` }, null, 2);
  return operations.map(({ query, needsUser }) => (needsUser ? { query, headers } : { query }));
}
