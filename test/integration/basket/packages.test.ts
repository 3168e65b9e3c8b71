/** Packages in baskets: the same item in standard and in premium quality makes two lines that a client can tell apart. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
beforeEach(() => {
  facade.sandbox.reset();
  facade.calls();
});
afterAll(() => facade.close());

const { premiumPackageFirst, eraPackages } = irregular.releases;
const both = `release:${String(premiumPackageFirst)}`;

interface Line {
  readonly lineId: string;
  readonly packageId: string | null;
  readonly price: { readonly amount: string };
  readonly rrp: { readonly amount: string } | null;
}
interface Payload {
  readonly basket: { readonly rrp: { readonly amount: string } | null; readonly lines: readonly Line[] };
  readonly addedLines: readonly { readonly lineId: string }[];
  readonly userErrors: readonly object[];
}

async function filled(...lines: readonly object[]): Promise<Payload> {
  const made = await facade.query<{ basketCreate: { basket: { id: string } } }>("mutation { basketCreate { basket { id } } }");
  const { data, errors } = await facade.query<{ basketLinesAdd: Payload }>(
    `mutation($input: BasketLinesAddInput!) {
      basketLinesAdd(input: $input) {
        basket { rrp { amount } lines { lineId packageId price { amount } rrp { amount } } }
        addedLines { lineId }
        userErrors { code }
      }
    }`,
    { input: { basketId: made.data.basketCreate.basket.id, lines } },
  );
  expect(errors).toBeUndefined();
  return data.basketLinesAdd;
}

it("basket/addItem: shows the package and the recommended retail price of each line, without a call of its own", async () => {
  const { basket, addedLines, userErrors } = await filled({ itemId: both, packageId: "2" }, { itemId: both, packageId: "9" });
  expect(userErrors).toEqual([]);
  expect(facade.calls()).toEqual(["basket/create", "basket/addItem", "basket/addItem"]);
  expect(basket.lines.map(({ packageId }) => packageId)).toEqual(["2", "9"]);
  const [standard, premium] = basket.lines;
  expect(Number(premium?.price.amount)).toBeGreaterThan(Number(standard?.price.amount));
  expect(basket.lines.map(({ rrp }) => rrp)).toEqual(basket.lines.map(({ price }) => price));
  expect(Number(basket.rrp?.amount)).toBeCloseTo(Number(standard?.rrp?.amount) + Number(premium?.rrp?.amount), 2);
  expect(addedLines.map(({ lineId }) => lineId)).toEqual(basket.lines.map(({ lineId }) => lineId));
});

it("basket/addItem: takes the standard package where none is asked for", async () => {
  const { basket } = await filled({ itemId: both }, { itemId: `release:${String(eraPackages)}` });
  expect(basket.lines.map(({ packageId }) => packageId)).toEqual(["2", "2"]);
});

it("basket/addItem: has neither in the shape of earlier years", async () => {
  const { basket } = await filled({ itemId: both }, { itemId: "release:155408" });
  expect(basket.lines.map(({ packageId, rrp }) => [packageId, rrp?.amount ?? null])).toEqual([
    ["2", expect.any(String)],
    [null, null],
  ]);
  expect(basket.rrp).toBeNull();
});
