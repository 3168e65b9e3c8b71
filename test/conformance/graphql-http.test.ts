/** GraphQL over HTTP, by the audits that its working group publishes (graphql-http). `open` passes all of them; where `locked` does not, the
 *  list below says why. The audits send nothing that is executed and fails at a field: such results are in
 *  test/integration/operation/input-errors-keep-data.test.ts. */
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";

let open: Facade;
let locked: Facade;

beforeAll(async () => {
  open = await startFacade({ environment: { PROFILE: "open" } });
  locked = await startFacade({ environment: { PROFILE: "locked", LIMIT_OPERATIONS_PER_MINUTE: "0" } });
});
afterAll(async () => {
  await open.close();
  await locked.close();
});

const inOpen = serverAudits({ url: () => open.url });
const inLocked = serverAudits({ url: () => locked.url });

/** By the id of the audit. */
const deviations: Readonly<Record<string, string>> = {
  "28B9": "sends its variable to introspection, which strangers may not ask",
  "2EA1": "sends its variable to introspection, which strangers may not ask",
  BF61: "introspects, which strangers may not",
  "5A70": "sends a query by GET without a header that pages cannot send unasked",
  "6A70": "sends a query by GET without a header that pages cannot send unasked",
  D6D5: "sends a query by GET without a header that pages cannot send unasked",
};

it("has sixty-one audits", () => {
  expect([inOpen.length, new Set(inOpen.map(({ id }) => id)).size]).toEqual([61, 61]);
});

describe("the profile open", () => {
  it.each(inOpen.map((audit) => [audit.id, audit.name, audit] as const))("passes %s: %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status, "reason" in result ? result.reason : "").toBe("ok");
  });
});

it("deviates in the profile locked where it is meant to, and nowhere else", { timeout: 60_000 }, async () => {
  const failed: string[] = [];
  for (const audit of inLocked) if ((await audit.fn()).status !== "ok") failed.push(audit.id);
  expect(failed.sort()).toEqual(Object.keys(deviations).sort());
});
