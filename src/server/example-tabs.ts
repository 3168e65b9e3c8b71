/** The tabs that GraphiQL opens with: the examples, and the demo user's bearer with those that need a user. */
import { sealToken } from "../account/sealed-token.js";
import type { Sealer } from "../shared/sealing.js";
import type { Token } from "../upstream/oauth.js";
import type { GraphiqlTab } from "./graphiql.js";
import type { ExampleOperation } from "./operations.js";

/** Ten years, for a browser keeps its tabs. */
const demoSeconds = 10 * 365 * 86_400;

/** @param demoUser Undefined wherever users are real: nothing is filled in then. */
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
