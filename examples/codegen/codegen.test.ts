import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, type GraphQLEnumType } from "graphql";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { agree, bearerOf } from "../../test/support/sign-in.js";
import { ask, hashOf, RejectedError, type Api } from "./ask";
import { buy, nextStep } from "./buy";
import type { ErrorCode } from "./generated/enums";
import { ArtistPage, ItemPrice, SignInStart } from "./operations";
import { completeSignIn, startSignIn } from "./sign-in";
import { statuses } from "./wait";

const callbackUrl = "https://shop.example/signed-in";
let facade: Facade;
let api: Api;
beforeAll(async () => {
  const file = join(import.meta.dirname, "generated/persisted-documents.json");
  facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file, RETURN_ORIGINS: "https://shop.example" } });
  api = { url: facade.url, country: "DE" };
});
afterAll(() => facade.close());

it("the country of the header decides about prices", async () => {
  const { data, errors } = await ask(api, ArtistPage, { id: "1", first: 1 });
  expect(errors).toEqual([]);
  expect(data.artist?.topTracks?.nodes).toMatchObject([{ price: { current: { display: "0,99€" } } }]);
});

describe("errors by code", () => {
  it("of a field come beside the data", async () => {
    const { data, errors } = await ask(api, ArtistPage, { id: "abc" });
    expect(data).toEqual({ artist: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  });

  it("of the whole operation are thrown", async () => {
    const asked = ask({ ...api, accessToken: "expired" }, ArtistPage, { id: "1" });
    await expect(asked).rejects.toThrow(RejectedError);
    const error = (await asked.catch((reason: unknown) => reason)) as RejectedError;
    expect([error.has("UNAUTHENTICATED"), error.has("RATE_LIMITED")]).toEqual([true, false]);
  });

  it("are a type that has every code of the schema", () => {
    const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8"));
    const codes = (schema.getType("ErrorCode") as GraphQLEnumType).getValues().map(({ name }) => name);
    const generated = readFileSync(join(import.meta.dirname, "generated/enums.ts"), "utf8");
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !generated.includes(`'${code}'`))).toEqual([]);
    expectTypeOf<"NO_SUCH_CODE">().not.toExtend<ErrorCode>();
  });
});

it("the outcome of a purchase is waited for", async () => {
  const { authorization } = await bearerOf(facade);
  const user = { ...api, accessToken: authorization.replace("Bearer ", "") };
  const { data } = await ask(user, ItemPrice, { id: "track:1628043:1087227" });
  const idempotencyKey = crypto.randomUUID();
  await buy(user, { itemId: "track:1628043:1087227", quote: data.track?.price?.quote ?? "", idempotencyKey }, callbackUrl);
  const seen: string[] = [];
  for await (const status of statuses(user, idempotencyKey)) seen.push(status);
  expect(seen).toEqual(["SUCCEEDED"]);
  await expect(statuses({ ...user, accessToken: "expired" }, idempotencyKey).next()).rejects.toThrow("Sign in again");
});

describe("persisted documents", () => {
  it("run by their hash alone", async () => {
    const documentId = hashOf(ArtistPage);
    const response = await fetch(`${facade.url}?${new URLSearchParams({ documentId, variables: '{"id":"1","first":1}' }).toString()}`);
    expect(await response.json()).toMatchObject({ data: { artist: { name: "Keane" } } });
  });
});

/** As the browser's. */
function createStore() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe("signing in", () => {
  it("gives a token after the user has agreed, once", async () => {
    const own = { ...api };
    const store = createStore();
    const authorizeUrl = await startSignIn(own, callbackUrl, store);
    agree(facade, authorizeUrl);
    expect(await completeSignIn(own, store)).toBe(true);
    const { data } = await facade.query<{ viewer: unknown }>(
      "{ viewer { paymentCardsUrl } }",
      {},
      { authorization: `Bearer ${String(own.accessToken)}` },
    );
    expect(data.viewer).not.toBeNull();
    expect(await completeSignIn(own, store)).toBe(false);
  });

  it("says what is wrong with a callback", async () => {
    await expect(startSignIn(api, "https://elsewhere.example/", createStore())).rejects.toThrow(/callbackUrl/);
    await expect(ask(api, SignInStart, { input: { callbackUrl: "https://elsewhere.example/" } })).resolves.toMatchObject({ errors: [] });
  });

  it("says that the user has not agreed", async () => {
    const store = createStore();
    await startSignIn(api, callbackUrl, store);
    await expect(completeSignIn({ ...api }, store)).rejects.toThrow();
  });
});

describe("what to do after a purchase", () => {
  const error = { code: "PRICE_CHANGED", message: "The price has changed.", field: null } as const;
  it.each([
    [{ attempt: { status: "SUCCEEDED" }, userErrors: [] }, "It is in your locker."],
    [{ attempt: { status: "IN_PROGRESS" }, userErrors: [] }, "We are asking 7digital how it ended."],
    [
      { attempt: null, userErrors: [{ __typename: "OperationError", ...error, code: "OUTCOME_UNKNOWN" }] },
      "We are asking 7digital how it ended.",
    ],
    [
      {
        attempt: null,
        userErrors: [{ __typename: "PriceChangedError", ...error, current: { current: { display: "£8.99" }, quote: "q" } }],
      },
      "It costs £8.99 now. Buy it?",
    ],
    [{ attempt: null, userErrors: [{ __typename: "InputError", ...error, code: "INVALID", message: "No such item." }] }, "No such item."],
  ] as const)("%j", (payload, expected) => {
    expect(nextStep(payload as unknown as Parameters<typeof nextStep>[0])).toBe(expected);
  });
});
