/** What is marked `@operator` in the schema is refused to everybody else, before anything is asked of 7digital. */
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";
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

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-secret-of-the-operator", TRUST_PLAIN_TOKENS: "true" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.calls();
});

it("is known here, every field, input field and value", () => {
  expect([...marked()].sort()).toEqual(Object.keys(uses).sort());
});

describe.each(Object.entries(uses))("%s", (_coordinate, operation) => {
  it.each([
    ["nobody", {}],
    ["a user", { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" }],
  ])("A27: is forbidden to %s", async (_who, headers) => {
    const { errors } = await facade.query(operation, {}, headers);
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(facade.calls()).toEqual([]);
  });
});
