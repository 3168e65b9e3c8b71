/** An argument with a default is optional, and null means the default: variables need no `!`. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { bearerOf } from "../../support/sign-in.js";

let facade: Facade;
beforeAll(async () => void (facade = await startFacade()));
afterAll(() => facade.close());

it("takes null for the default of an argument, written or as a variable", async () => {
  const query = (args: string) =>
    `query${args.includes("$") ? "($n: Int)" : ""} { artist(id: "1") { releases${args} { nodes { id } pageInfo { hasNextPage } } } }`;
  const { data, errors } = await facade.query<{ artist: { releases: { nodes: object[] } } }>(query(""));
  expect(errors).toBeUndefined();
  expect(data.artist.releases.nodes.length).toBeGreaterThan(0);
  expect((await facade.query(query("(first: null)"))).data).toEqual(data);
  expect((await facade.query(query("(first: $n)"))).data).toEqual(data);
  expect((await facade.query(query("(first: $n)"), { n: null })).data).toEqual(data);
});

it("takes null for the default of an input field", async () => {
  const buy = `mutation($input: ItemPurchaseInput!) { itemPurchase(input: $input) { userErrors { field message } } }`;
  const input = { itemId: "release:155408", idempotencyKey: "0123456789abcdef" };
  const headers = await bearerOf(facade);
  const { data, errors } = await facade.query(buy, { input }, headers);
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data)).toContain("quote");
  expect((await facade.query(buy, { input: { ...input, pricing: null, acknowledgeUnknown: null } }, headers)).data).toEqual(data);
});
