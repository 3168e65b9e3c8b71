/** Baskets through the graph, on the sandbox: what reaches 7digital, in how many calls, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

const operator = { "x-7d-operator-secret": "the-operators-own-secret" };

beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-operators-own-secret" } });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(async () => {
  await facade.close();
});

const money = `{ amount currencyCode display }`;
const basketFields = `id basketId country shopId itemCount subtotal ${money} amountDue ${money}
  lines { lineId title artistName discount price ${money} amountDue ${money} item { __typename id } }`;
const errorFields = `__typename code message field retryable
  ... on InputError { upstreamCode upstreamMessage } ... on UnavailableInContextError { country shopId }`;

interface Line {
  readonly lineId: string;
}
interface Payload {
  readonly basket: { readonly id: string; readonly lines: readonly Line[] } | null;
  readonly addedLines?: readonly Line[];
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[]; readonly message: string }[];
}

async function mutate(field: string, variables: object = {}, headers = {}): Promise<Payload> {
  const [name = ""] = field.split("(");
  const declared = Object.entries({ id: "ID!", lines: "[BasketLineInput!]!", lineIds: "[ID!]!", code: "String!" })
    .filter(([variable]) => variable in variables)
    .map(([variable, type]) => `$${variable}: ${type}`);
  const head = declared.length === 0 ? "" : `(${declared.join(", ")})`;
  const added = name === "basketLinesAdd" ? `addedLines { lineId }` : "";
  const { data, errors } = await facade.query<Record<string, Payload>>(
    `mutation${head} { ${field} { basket { ${basketFields} } ${added} userErrors { ${errorFields} } } }`,
    variables,
    headers,
  );
  expect(errors).toBeUndefined();
  return data[name] as Payload;
}

async function created(input = ""): Promise<string> {
  const { basket } = await mutate(`basketCreate${input}`);
  facade.calls();
  return basket?.id ?? "";
}

const add = (id: string, lines: readonly object[], headers = {}): Promise<Payload> =>
  mutate("basketLinesAdd(input: { basketId: $id, lines: $lines })", { id, lines }, headers);
const remove = (id: string, lineIds: readonly string[]): Promise<Payload> =>
  mutate("basketLinesRemove(input: { basketId: $id, lineIds: $lineIds })", { id, lineIds });
const redeem = (id: string, code: string): Promise<Payload> =>
  mutate("basketVoucherApply(input: { basketId: $id, code: $code })", { id, code });

const dreams = { itemId: "release:155408" };
const iLoveYou = { itemId: "track:12345:1302" };
const missing = { itemId: "release:99999998" };
const nobodys = "basket:GB:11111111-2222-3333-4444-555555555555";

describe("a basket", () => {
  it("basket/create: is made in the operation's store and tells it in its id", async () => {
    const { basket, userErrors } = await mutate("basketCreate");
    expect(userErrors).toEqual([]);
    const nothing = { amount: "0.00", currencyCode: "GBP", display: "£0.00" };
    expect(basket).toMatchObject({ country: "GB", shopId: null, itemCount: 0, lines: [], subtotal: nothing, amountDue: nothing });
    expect(basket?.id).toMatch(/^basket:GB:[\da-f-]{36}$/);
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "basket/create", params: { country: "GB" } }]);
  });

  it.each([
    ['(input: { country: "DE" })', { country: "DE", shopId: null }, /^basket:DE:/],
    ['(input: { country: "DE", shopId: "34" })', { country: null, shopId: "34" }, /^basket:34:/],
  ])("is made where %s says", async (input, place, id) => {
    const { basket } = await mutate(`basketCreate${input}`);
    expect(basket).toMatchObject(place);
    expect(basket?.id).toMatch(id);
  });

  it("basket: reads the document's own example, which leaves the currency of its line out", async () => {
    const { data, errors } = await facade.query(`{ basket(id: "basket:DE:00000000-0000-0000-0000-000000000000") { ${basketFields} } }`);
    expect(errors).toBeUndefined();
    const due = { amount: "0.99", currencyCode: "EUR", display: "0,99€" };
    expect(data).toMatchObject({
      basket: {
        itemCount: 1,
        subtotal: due,
        amountDue: due,
        lines: [
          {
            lineId: "15284882",
            discount: null,
            price: due,
            amountDue: due,
            item: { __typename: "Track", id: "track:2458384:224820" },
          },
        ],
      },
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "basket", params: { basketId: "00000000-0000-0000-0000-000000000000", country: "DE" } },
    ]);
  });

  it("with all its prices costs one call, whichever way it is asked for", async () => {
    const id = await created();
    await add(id, [dreams, iLoveYou]);
    facade.calls();
    const byId = await facade.query<{ basket: object }>(`query($id: ID!) { basket(id: $id) { ${basketFields} } }`, { id });
    expect(facade.calls()).toEqual(["basket"]);
    const bare = await facade.query(`query($id: ID!) { basket(id: $id) { ${basketFields} } }`, { id: id.slice("basket:GB:".length) });
    const node = await facade.query<{ node: object }>(`query($id: ID!) { node(id: $id) { ... on Basket { ${basketFields} } } }`, { id });
    expect(bare).toEqual(byId);
    expect(node.data.node).toEqual(byId.data.basket);
    expect(facade.calls()).toEqual(["basket", "basket"]);
  });

  it("is read anew every time", async () => {
    const id = await created();
    const query = `query($id: ID!) { basket(id: $id) { itemCount } }`;
    await facade.query(query, { id });
    await add(id, [dreams]);
    expect(await facade.query(query, { id })).toEqual({ data: { basket: { itemCount: 1 } } });
  });

  it("tells its items' other facts from the catalogue", async () => {
    const id = await created();
    await add(id, [iLoveYou]);
    facade.calls();
    const query = `query($id: ID!) { basket(id: $id) { lines { item { title ... on Track { release { id } trackId } } } } }`;
    const item = { title: "I Love You", release: { id: "release:1302" }, trackId: "12345" };
    expect(await facade.query(query, { id })).toEqual({ data: { basket: { lines: [{ item }] } } });
    expect(facade.calls()).toEqual(["basket", "release/tracks"]);
  });

  it("shows the cover of a track as that of its release, without a fragment", async () => {
    const id = await created();
    await add(id, [dreams, iLoveYou]);
    const query = `query($id: ID!) { basket(id: $id) { lines { item { image(width: 350) { url } } } } release(id: "1302") { image(width: 350) { url } } }`;
    interface Covers {
      readonly basket: { readonly lines: readonly { readonly item: { readonly image: { readonly url: string } } }[] };
      readonly release: { readonly image: { readonly url: string } };
    }
    const { data, errors } = await facade.query<Covers>(query, { id });
    expect(errors).toBeUndefined();
    const [ofRelease, ofTrack] = data.basket.lines.map(({ item }) => item.image.url);
    expect(ofRelease).toMatch(/_350\.jpg$/);
    expect(ofTrack).toBe(data.release.image.url);
  });

  it("that does not exist is null", async () => {
    expect(await facade.query(`query($id: ID!) { basket(id: $id) { id } node(id: $id) { id } }`, { id: nobodys })).toEqual({
      data: { basket: null, node: null },
    });
  });

  it("of another store is told as such", async () => {
    const id = await created('(input: { country: "DE" })');
    const guid = id.slice("basket:DE:".length);
    expect((await facade.query(`query($id: ID!) { basket(id: $id) { country } }`, { id })).data).toEqual({ basket: { country: "DE" } });
    const { data, errors } = await facade.query(`query($id: ID!) { basket(id: $id) { country } }`, { id: guid });
    expect(data).toEqual({ basket: null });
    expect(errors).toMatchObject([{ extensions: { code: "NOT_AVAILABLE_IN_COUNTRY", store: { country: "GB" } } }]);
  });

  it.each(["", "basket:GB", "basket:GB:1", "basket:gb:x:y", "release:1", "GB:11111111-2222-3333-4444-555555555555", "basket:0:x"])(
    "is not asked for by %j",
    async (id) => {
      const { errors } = await facade.query(`query($id: ID!) { basket(id: $id) { id } }`, { id });
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "id" } }]);
      expect(facade.calls()).toEqual([]);
    },
  );
});

describe("adding lines", () => {
  it("basket/addItem: costs a call a line, and the last answer is the payload's basket", async () => {
    const id = await created();
    const { basket, addedLines, userErrors } = await add(id, [dreams, iLoveYou, iLoveYou]);
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem", "basket/addItem"]);
    expect(userErrors).toEqual([]);
    expect(basket).toMatchObject({
      id,
      itemCount: 3,
      subtotal: { amount: "9.97", currencyCode: "GBP", display: "£9.97" },
      lines: [
        { title: "Dreams (UK)", artistName: "The Whitest Boy Alive", item: { __typename: "Release", id: "release:155408" } },
        { title: "I Love You", price: { amount: "0.99" }, item: { __typename: "Track", id: "track:12345:1302" } },
        { title: "I Love You", discount: null, item: { __typename: "Track", id: "track:12345:1302" } },
      ],
    });
    expect(addedLines?.map((line) => line.lineId)).toEqual(basket?.lines.map((line) => line.lineId));
  });

  it("sends what the document names, in the basket's own store", async () => {
    const id = await created('(input: { shopId: "34" })');
    await add(id, [{ ...iLoveYou, packageId: "2", affiliatePartner: "712" }]);
    expect(facade.sandbox.journal.entries().at(-1)).toMatchObject({
      verb: "GET",
      signed: false,
      params: {
        basketId: id.slice("basket:34:".length),
        releaseId: "1302",
        trackId: "12345",
        packageId: "2",
        affiliatePartner: "712",
        shopId: "34",
      },
    });
  });

  it("names only the lines it put in itself", async () => {
    const id = await created();
    await add(id, [iLoveYou, dreams]);
    const { basket, addedLines } = await add(id, [iLoveYou]);
    expect(basket?.lines).toHaveLength(3);
    expect(addedLines).toEqual([{ lineId: basket?.lines[2]?.lineId }]);
  });

  it("explains in our words what 7digital rejects, and has 7digital's beside them", async () => {
    const id = await created();
    const upstreamMessage = "Value of parameter packageId is not valid";
    const body = `<response status="error" version="1.2"><error code="1002"><errorMessage>${upstreamMessage}</errorMessage></error></response>`;
    facade.sandbox.faults.add({ method: "basket/addItem", fault: { kind: "status", status: 400, body, contentType: "text/xml" } });
    const { userErrors } = await add(id, [iLoveYou]);
    const message = "7digital rejected the input with error 1002, and nothing was done. Check the values.";
    expect(userErrors).toMatchObject([{ __typename: "InputError", code: "INVALID", message, upstreamCode: 1002, upstreamMessage }]);
  });

  it("tells for each line what became of it", async () => {
    const id = await created();
    const { basket, addedLines, userErrors } = await add(id, [dreams, missing, iLoveYou]);
    expect(basket).toMatchObject({ itemCount: 2 });
    expect(addedLines).toHaveLength(2);
    expect(userErrors).toMatchObject([
      {
        __typename: "InputError",
        code: "NOT_FOUND",
        message: "7digital has no release or track with this ID. Check the ID.",
        field: ["lines", "1", "itemId"],
        upstreamCode: 2001,
      },
    ]);
    expect(facade.calls()).toHaveLength(3);
  });

  it("gives no basket where every line was refused, and asks for none", async () => {
    const id = await created();
    const { basket, addedLines, userErrors } = await add(id, [missing, missing]);
    expect(basket).toBeNull();
    expect(addedLines).toEqual([]);
    expect(userErrors.map(({ field }) => field)).toEqual([
      ["lines", "0", "itemId"],
      ["lines", "1", "itemId"],
    ]);
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem"]);
  });

  it("says once that there is no such basket, and leaves the other lines unsent", async () => {
    const { userErrors } = await add(nobodys, [dreams, iLoveYou]);
    expect(userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["basketId"] }]);
    expect(facade.calls()).toEqual(["basket/addItem"]);
  });

  it("names the store where the basket is of another one", async () => {
    const guid = (await created('(input: { country: "DE" })')).slice("basket:DE:".length);
    const { userErrors } = await add(guid, [dreams]);
    expect(userErrors).toMatchObject([
      { __typename: "UnavailableInContextError", code: "UNAVAILABLE_IN_CONTEXT", country: "GB", shopId: null, field: ["basketId"] },
    ]);
  });

  it("sends nothing while any of the input is wrong", async () => {
    const id = await created();
    const lines = [dreams, { itemId: "artist:1" }, { itemId: "track:12345" }, { ...dreams, packageId: "two", affiliatePartner: "x" }];
    const { userErrors } = await add(id, lines);
    expect(userErrors.map(({ code, field }) => [code, ...field])).toEqual([
      ["INVALID", "lines", "1", "itemId"],
      ["INVALID", "lines", "2", "itemId"],
      ["INVALID", "lines", "3", "packageId"],
      ["INVALID", "lines", "3", "affiliatePartner"],
    ]);
    expect((await add("basket:1", [dreams])).userErrors).toMatchObject([{ code: "INVALID", field: ["basketId"] }]);
    expect((await add(id, [])).userErrors).toMatchObject([{ code: "INVALID", field: ["lines"] }]);
    expect(
      (
        await add(
          id,
          Array.from({ length: 51 }, () => dreams),
        )
      ).userErrors,
    ).toMatchObject([{ code: "INVALID", field: ["lines"] }]);
    expect(facade.calls()).toEqual([]);
  });

  it("keeps order between requests that change one basket at once", async () => {
    const id = await created();
    facade.sandbox.faults.add({ method: "basket/addItem", times: 1, fault: { kind: "delay", ms: 500 } });
    const changes: Promise<Payload>[] = [];
    for (const change of [() => add(id, [dreams, dreams]), () => add(id, [iLoveYou]), () => remove(id, ["1"])]) {
      const requests = facade.requests();
      changes.push(change());
      await expect.poll(() => facade.requests()).toBe(requests + 1);
    }
    await Promise.all(changes);
    const sent = facade.sandbox.journal.entries().map(({ method, params }) => params["releaseId"] ?? method);
    expect(sent).toEqual(["155408", "155408", "1302", "basket/removeItem"]);
  });

  it("waits for no other basket", async () => {
    const [slow, quick] = [await created(), await created()];
    facade.sandbox.faults.add({ method: "basket/addItem", times: 1, fault: { kind: "delay", ms: 1500 } });
    const ended: string[] = [];
    const first = add(slow, [dreams]).then(() => ended.push("slow"));
    await expect.poll(() => facade.metrics()).toContain("upstream_in_flight 1\n");
    await Promise.all([first, add(quick, [dreams]).then(() => ended.push("quick"))]);
    expect(ended).toEqual(["quick", "slow"]);
  });
});

describe("a price of one's own", () => {
  it("basket/addpriceditem: is sent digit for digit, signed", async () => {
    const id = await created();
    const { basket, addedLines } = await add(id, [{ ...dreams, customPrice: "12.30" }, iLoveYou], operator);
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "basket/addpriceditem", signed: true, params: { price: "12.30", releaseId: "155408" } },
      { method: "basket/addItem", signed: false },
    ]);
    expect(basket).toMatchObject({ lines: [{ amountDue: { currencyCode: "GBP", display: "£12.30" } }, {}] });
    expect(addedLines).toHaveLength(2);
  });

  it("is for the operator alone", async () => {
    const { data, errors } = await facade.query(
      `mutation { basketLinesAdd(input: { basketId: "${nobodys}", lines: [{ itemId: "release:155408", customPrice: "0.00" }] }) { basket { id } } }`,
    );
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    expect(facade.calls()).toEqual([]);
  });

  it.each(["0.999", "12345678"])("is no amount that nobody can be charged, though it is one: %s", async (customPrice) => {
    const { userErrors } = await add(nobodys, [{ ...dreams, customPrice }], operator);
    expect(userErrors).toMatchObject([{ code: "INVALID", field: ["lines", "0", "customPrice"] }]);
    expect(facade.calls()).toEqual([]);
  });

  it("may be an amount as 7digital has given it, with more zeros", async () => {
    const id = await created();
    await add(id, [{ ...dreams, customPrice: "12.3000" }], operator);
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "basket/addpriceditem", params: { price: "12.3000" } }]);
  });

  it("goes with no package", async () => {
    const { userErrors } = await add(nobodys, [{ ...dreams, customPrice: "1", packageId: "2" }], operator);
    expect(userErrors).toMatchObject([{ code: "INVALID", field: ["lines", "0", "customPrice"] }]);
  });
});

describe("taking lines out", () => {
  it("basket/removeItem: costs a call a line, and the last answer is the payload's basket", async () => {
    const id = await created();
    const { addedLines = [] } = await add(id, [dreams, iLoveYou, iLoveYou]);
    facade.calls();
    const [first = "", , third = ""] = addedLines.map((line) => line.lineId);
    const { basket, userErrors } = await remove(id, [first, third]);
    expect(userErrors).toEqual([]);
    expect(basket).toMatchObject({ itemCount: 1, lines: [{ lineId: addedLines[1]?.lineId }] });
    expect(facade.calls()).toEqual(["basket/removeItem", "basket/removeItem"]);
  });

  it("tells which line is not in the basket", async () => {
    const id = await created();
    const { addedLines } = await add(id, [dreams]);
    const { basket, userErrors } = await remove(id, ["1", addedLines?.[0]?.lineId ?? "", "2"]);
    expect(basket).toMatchObject({ itemCount: 0 });
    expect(userErrors.map(({ code, field }) => [code, ...field])).toEqual([
      ["NOT_FOUND", "lineIds", "0"],
      ["NOT_FOUND", "lineIds", "2"],
    ]);
  });

  it("says once that there is no such basket", async () => {
    expect((await remove(nobodys, ["1", "2"])).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["basketId"] }]);
    expect(facade.calls()).toEqual(["basket/removeItem"]);
  });

  it("takes only ids of lines", async () => {
    expect((await remove(nobodys, ["one"])).userErrors).toMatchObject([{ code: "INVALID", field: ["lineIds", "0"] }]);
    expect(facade.calls()).toEqual([]);
  });
});

describe("a voucher", () => {
  it("basket/applyVoucher: goes in a signed POST and takes something off what is due", async () => {
    const id = await created();
    await add(id, [iLoveYou, dreams]);
    facade.sandbox.journal.clear();
    const { basket, userErrors } = await redeem(id, " FREE-TRACK ");
    expect(userErrors).toEqual([]);
    expect(basket).toMatchObject({
      subtotal: { amount: "8.98" },
      amountDue: { amount: "7.99" },
      lines: [{ discount: "VOUCHER", price: { amount: "0.99" }, amountDue: { amount: "0.00" } }, { discount: null }],
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "basket/applyVoucher", verb: "POST", signed: true }]);
  });

  it.each(["EXPIRED", "USED", "NOT-APPLICABLE", "NO-SUCH-VOUCHER"])("F25: that is refused is told without its code: %s", async (code) => {
    const id = await created();
    await add(id, [iLoveYou]);
    facade.calls();
    const payload = await redeem(id, code);
    expect(payload).toMatchObject({
      basket: null,
      userErrors: [{ __typename: "VoucherError", code: "VOUCHER_REJECTED", field: ["code"] }],
    });
    expect(JSON.stringify(payload)).not.toContain(code);
    expect(facade.calls()).toEqual(["basket/applyVoucher"]);
  });

  it("for a basket that does not exist is told as such", async () => {
    expect((await redeem(nobodys, "FREE-TRACK")).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["basketId"] }]);
  });

  it.each(["", "   ", "x".repeat(65), "a\nb", "a\u0000b"])("is no code and is not sent: %j", async (code) => {
    expect((await redeem(nobodys, code)).userErrors).toMatchObject([{ code: "INVALID", field: ["code"] }]);
    expect(facade.calls()).toEqual([]);
  });
});
