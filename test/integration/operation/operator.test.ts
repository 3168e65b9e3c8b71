/** What is marked `@operator` is unknown to everybody else: it is in no schema of theirs, and nothing is asked of 7digital. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";
import { tell, type Headers } from "../../support/asking.js";
import { startFacade, type Facade } from "../../support/facade.js";

/** An operation of somebody who is no operator, by what it uses. Whoever marks something adds a row. */
const uses: Readonly<Record<string, string>> = {
  "BasketLineInput.customPrice": `mutation {
    basketLinesAdd(input: { basketId: "00000000-0000-4000-8000-000000000000", lines: [{ itemId: "release:155408", customPrice: "0.01" }] }) {
      userErrors { code }
    }
  }`,
  "ItemPurchaseInput.customPrice": `mutation {
    itemPurchase(input: { itemId: "release:155408", pricing: CUSTOM, customPrice: "0.01", idempotencyKey: "0123456789abcdef" }) {
      userErrors { code }
    }
  }`,
  "Mutation.itemDeliver": `mutation {
    itemDeliver(input: { itemId: "release:155408", transactionId: "x", idempotencyKey: "0123456789abcdef" }) { userErrors { code } }
  }`,
  "Mutation.signInAuthorize": `mutation { signInAuthorize(input: { state: "x", username: "x", password: "x" }) { accessToken } }`,
  "Mutation.streamingSubscriptionUpdate": `mutation {
    streamingSubscriptionUpdate(input: {
      userId: "x", planCode: "x", currencyCode: "GBP", recurringFeeCents: 1
      activatedAt: "2021-06-08T16:03:06Z", periodStartsAt: "2021-06-08T16:03:06Z", expiresAt: "2021-07-08T16:03:06Z"
    }) { subscription { level } }
  }`,
  "Mutation.userAuthenticate": `mutation { userAuthenticate(input: { emailAddress: "a@b.example", password: "x" }) { account { userId } } }`,
  "Mutation.userCreate": `mutation { userCreate(input: { userId: "x" }) { userId } }`,
  "Mutation.userSignUp": `mutation { userSignUp(input: { emailAddress: "a@b.example", password: "x" }) { userId } }`,
  "Mutation.userUpdate": `mutation { userUpdate(input: { userId: "1", password: "x" }) { account { userId } } }`,
  "PurchasePricing.CUSTOM": `mutation {
    itemPurchase(input: { itemId: "release:155408", pricing: CUSTOM, idempotencyKey: "0123456789abcdef" }) { userErrors { code } }
  }`,
  "Query.ipLocation": `{ ipLocation(ipAddress: "192.0.2.1") { country checkoutAllowed } }`,
  "Query.upstreamStores": `{ upstreamStores { country } }`,
  "Query.user": `{ user(userId: "1") { emailAddress } }`,
  "Query.users": `{ users(emailAddress: "a@b.example") { userId } }`,
  "Track.catalogueDownload": `{ track(id: "track:1628015:155408") { catalogueDownload(formatId: 17) { url } } }`,
  "Track.catalogueStream": `{ track(id: "track:1628015:155408") { catalogueStream(userId: "x") { url } } }`,
  "Track.radioStream": `{ track(id: "track:1628015:155408") { radioStream { url } } }`,
};

interface Marked {
  readonly extensions: { readonly directives?: unknown };
}

function isMarked({ extensions: { directives } }: Marked): boolean {
  return typeof directives === "object" && directives !== null && "operator" in directives;
}

/** Schema coordinates, e.g. "Mutation.userCreate". */
function marked(): readonly string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    const parts: readonly (Marked & { readonly name: string })[] = isEnumType(type)
      ? type.getValues()
      : isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
        ? Object.values(type.getFields())
        : [];
    return parts.filter(isMarked).map(({ name }) => `${type.name}.${name}`);
  });
}

const operatorSecret = "the-secret-of-the-operator";
const gatewaySecret = "the-secret-of-the-gateway";
const operator = { "x-7d-operator-secret": operatorSecret };
const others = [
  ["a caller without credentials", {}],
  ["a user", { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" }],
  ["the gateway", { "x-7d-gateway-secret": gatewaySecret }],
] as const;
const secrets = { OPERATOR_SECRET: operatorSecret, GATEWAY_SECRET: gatewaySecret };

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { ...secrets, TRUST_PLAIN_TOKENS: "true" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.calls();
});

it("is known here, every field, input field and value", () => {
  expect([...marked()].sort()).toEqual(Object.keys(uses).sort());
});

describe.each(Object.entries(uses))("%s", (_coordinate, operation) => {
  it("A27: is known to the operator, and unknown to others even after that", async () => {
    const { codes } = await codesOf({ query: operation }, operator);
    expect(codes).not.toContain("GRAPHQL_VALIDATION_FAILED");
    facade.calls();
    for (const [who, headers] of others) {
      const answer = await codesOf({ query: operation }, headers);
      expect([who, answer.data, new Set(answer.codes)]).toEqual([who, undefined, new Set(["GRAPHQL_VALIDATION_FAILED"])]);
    }
    expect(facade.calls()).toEqual([]);
  });
});

async function codesOf(parameters: object, headers: Headers) {
  const { data, errors } = await tell(facade.url, parameters, headers);
  return { data, codes: errors.map(({ extensions }) => extensions?.["code"]) };
}

describe("as a variable", () => {
  const query = "mutation ($input: ItemPurchaseInput!) { itemPurchase(input: $input) { userErrors { code } } }";
  const input = { itemId: "release:155408", idempotencyKey: "0123456789abcdef" };
  it.each([{ pricing: "CUSTOM" }, { customPrice: "0.01" }])("A27: it is no value for others: %j", async (own) => {
    expect((await codesOf({ query, variables: { input: { ...input, ...own } } }, operator)).codes).not.toContain("BAD_USER_INPUT");
    for (const [who, headers] of others) {
      const answer = await codesOf({ query, variables: { input: { ...input, ...own } } }, headers);
      expect([who, answer]).toEqual([who, { data: undefined, codes: ["BAD_USER_INPUT"] }]);
    }
    expect(facade.calls()).toEqual([]);
  });
});

it("is introspected by the operator alone, as is the directive", async () => {
  const names = async (headers: Headers) => {
    const query = `{ __schema { directives { name } } __type(name: "Query") { fields { name } } types: __type(name: "IpLocation") { name } }`;
    return (await tell(facade.url, { query }, headers)).text;
  };
  expect(await names(operator)).toMatch(/"operator".*"upstreamStores".*"IpLocation"/);
  for (const [, headers] of others) {
    const text = await names(headers);
    expect(text).toContain('"stores"');
    expect(text).not.toMatch(/"operator"|upstreamStores|IpLocation/);
  }
});

it("is said to be no credential where the operator's secret is wrong, whatever the document", async () => {
  for (const query of ["{ upstreamStores { country } }", "{ stores { country } }"]) {
    const { status, code, text } = await tell(facade.url, { query }, { "x-7d-operator-secret": "wrong" });
    expect([status, code]).toEqual([401, "UNAUTHENTICATED"]);
    expect(text).not.toContain("upstreamStores");
  }
});

it("A52: is in registered operations for the operator's requests only", async () => {
  const document = "{ upstreamStores { country } }";
  const documentId = createHash("sha256").update(document).digest("hex");
  const path = join(mkdtempSync(join(tmpdir(), "persisted-")), "operations.json");
  writeFileSync(path, JSON.stringify({ [documentId]: document }));
  const locked = await startFacade({
    environment: { ...secrets, PROFILE: "locked", PERSISTED_ONLY: "true", PERSISTED_OPERATIONS: path },
  });
  expect(await tell(locked.url, { documentId }, operator)).toMatchObject({ status: 200, errors: [] });
  expect(locked.calls()).toEqual(["countries"]);
  expect((await tell(locked.url, { documentId })).code).toBe("GRAPHQL_VALIDATION_FAILED");
  expect((await tell(locked.url, { documentId }, { "x-7d-gateway-secret": gatewaySecret })).code).toBe("GRAPHQL_VALIDATION_FAILED");
  expect(locked.calls()).toEqual([]);
  await locked.close();
});

it("is unknown on the embedded sandbox, too", async () => {
  const demo = await startFacade({ demo: { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true } });
  expect((await tell(demo.url, { query: "{ upstreamStores { country } }" })).code).toBe("GRAPHQL_VALIDATION_FAILED");
  await demo.close();
});
