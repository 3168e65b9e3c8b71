/** The pipeline of an operation by itself: plain values in, a response out, and no server. */
import { randomUUID } from "node:crypto";
import { ROOT_CONTEXT } from "@opentelemetry/api";
import { OperationTypeNode } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";
import { readConfig } from "../../../src/config/config.js";
import { anonymous } from "../../../src/operation/caller.js";
import { createOperations, type OperationOptions, type Operations } from "../../../src/operation/operation.js";
import { readPersistedOperations } from "../../../src/operation/persisted-operations.js";
import { ResponseCache } from "../../../src/operation/response-cache.js";
import { createRateLimits } from "../../../src/operation/rate-limits.js";
import { alone } from "../../../src/shared/peers.js";
import type { OperationParameters, RequestFacts } from "../../../src/operation/request.js";
import { onSandbox } from "../../support/facade.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ItemPages, itemPages } from "../../../src/shared/item-pages.js";
import { Bindings } from "../../../src/shared/scope.js";
import { PageSizeLimit, pageSizeLimits } from "../../../src/shared/window-read.js";
import { createClient } from "../../../src/upstream/create-client.js";

let sandbox: Sandbox;
let steps: string[];
let reported: unknown[];
let client: ReturnType<typeof createClient>;
beforeEach(async () => {
  sandbox = await startSandbox();
  steps = [];
  reported = [];
  const config = readConfig({
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    ...onSandbox(sandbox),
  });
  if (config.upstream === undefined) throw new Error("There is no API to ask.");
  client = createClient(
    { ...config, ...config.upstream },
    { now: Date.now, nonce: randomUUID, random: () => 0.5, observe: () => undefined, noticed: () => undefined },
  );
});
afterEach(async () => {
  await client.close();
  await sandbox.close();
});

function operations(changes: Partial<OperationOptions> = {}): Operations {
  const { limits, defaultStore } = readConfig({});
  const seenPages = new ItemPages();
  const pageSizes = { catalogue: new PageSizeLimit(500), locker: new PageSizeLimit(500) };
  return createOperations({
    responses: new ResponseCache({ client, now: Date.now, publicCaching: false, responseCacheBytes: 0 }),
    schema,
    client,
    bindings: new Bindings().bind(pageSizeLimits, pageSizes).bind(itemPages, seenPages),
    pageSizes,
    seenPages,
    limits,
    defaultStore,
    rateLimits: createRateLimits({ limits, quotaCallerPercent: 100, quotaGatewayPercent: 100, peers: alone(), now: Date.now }),
    persisted: readPersistedOperations(undefined),
    persistedOnly: false,
    automaticBytes: 0,
    publicCaching: false,
    profile: "open",
    now: Date.now,
    report: (error) => reported.push(error),
    observe: (_request, name) => {
      steps.push(`begin ${String(name)}`);
      return {
        trace: ROOT_CONTEXT,
        prepared: (type, documentName) => steps.push(`prepared ${type} ${String(documentName)}`),
        end: ({ codes }, meter) => steps.push(`end ${codes.join()} ${String(meter?.sentCalls)}`),
      };
    },
    ...changes,
  });
}

const facts: RequestFacts = {
  method: "POST",
  header: () => null,
  address: "192.0.2.1",
  sender: anonymous,
  caller: anonymous,
  accepts: { whole: true, parts: false, events: false },
  mediaType: "application/graphql-response+json",
  legacyStatus: false,
  registeredOnly: false,
  limits: readConfig({}).limits,
  executed: () => steps.push("executed"),
  whenGone: () => undefined,
};

async function run(parameters: OperationParameters, changes: Partial<RequestFacts> = {}, options: Partial<OperationOptions> = {}) {
  const response = await operations(options).run({ ...facts, ...changes }, parameters);
  return { ...response, json: JSON.parse(response.body) as unknown };
}

const artist = "query Named($id: ID!) { artist(id: $id) { artistId } }";

describe("an operation", () => {
  it("runs from plain values to a response, and every step is observed in order", async () => {
    const { status, headers, json } = await run({ query: artist, variables: { id: "1" } });
    expect(json).toEqual({
      data: { artist: { artistId: "1" } },
      extensions: { store: { defaultCountry: "GB", country: "GB", currencyCode: "GBP" } },
    });
    expect([status, headers]).toMatchObject([200, { "Content-Type": "application/graphql-response+json; charset=utf-8" }]);
    expect(steps).toEqual(["begin undefined", "prepared query Named", "executed", "end  1"]);
  });

  it.each<[string, OperationParameters, Partial<RequestFacts>, readonly string[]]>([
    ["no document", {}, {}, ["begin undefined", "end BAD_REQUEST undefined"]],
    [
      "a document that is not valid",
      { query: "query N { x }", operationName: "N" },
      {},
      ["begin N", "end GRAPHQL_VALIDATION_FAILED undefined"],
    ],
    ["a variable that does not fit", { query: artist, variables: { id: [] } }, {}, ["begin undefined", "end BAD_USER_INPUT undefined"]],
    [
      "a header that names no store",
      { query: artist, variables: { id: "1" } },
      { header: (name) => (name === "x-7d-country" ? "Narnia" : null) },
      ["begin undefined", "prepared query Named", "end BAD_USER_INPUT undefined"],
    ],
  ])("that is rejected, for %s, is not executed", async (_why, parameters, changes, observed) => {
    expect(await run(parameters, changes)).toMatchObject({ status: 400 });
    expect(steps).toEqual(observed);
    expect(sandbox.journal.entries()).toEqual([]);
    expect(reported).toEqual([]);
  });

  it("that would cost too much is rejected with its plan", async () => {
    const query = "{ " + [1, 2, 3].map((id) => `a${String(id)}: artist(id: ${String(id)}) { name }`).join(" ") + " }";
    const { status, json } = await run({ query }, { limits: { ...readConfig({}).limits, upstreamCalls: 2 } });
    expect(status).toBe(400);
    expect(json).toMatchObject({ errors: [{ extensions: { code: "TOO_MANY_UPSTREAM_CALLS", estimated: 3, limit: 2 } }] });
  });

  it("whose document is not valid is HTTP 200 for a client of plain JSON, and 400 where its request is at fault", async () => {
    const plain = { mediaType: "application/json", legacyStatus: true } as const;
    expect((await run({ query: "{ x }" }, plain)).status).toBe(200);
    expect((await run({ query: 5 }, plain)).status).toBe(400);
  });

  it("fails without a word of what was not foreseen, which is reported", async () => {
    const fault = new Error("a secret");
    const get = () => {
      throw fault;
    };
    const persisted = Object.assign(new Map<string, string>(), { get });
    const { status, body } = await run({ documentId: "1" }, {}, { persisted });
    expect([status, body.includes("secret"), reported]).toEqual([500, false, [fault]]);
  });
});

it("takes a value that was coerced as it is, whatever its type, and its default where there is none", async () => {
  const query = `query ($ids: [ID!]! = [1], $first: Int = 1, $at: Boolean! = true, $country: CountryCode) @inContext(country: $country) {
    artistsById(ids: $ids) @include(if: $at) { artistId topTracks(first: $first) { nodes { id } } } storeContext { country } }`;
  const data = (variables: object) => run({ query, variables }).then(({ json }) => (json as { data: unknown }).data);
  expect(await data({})).toMatchObject({ artistsById: [{ artistId: "1", topTracks: { nodes: [{}] } }], storeContext: { country: "GB" } });
  expect(await data({ ids: "2", first: 2, country: "de" })).toMatchObject({
    artistsById: [{ artistId: "2", topTracks: { nodes: [{}, {}] } }],
    storeContext: { country: "DE" },
  });
  expect(await data({ at: false })).toEqual({ storeContext: { country: "GB" } });
});

it("knows every kind of operation by its own name", async () => {
  await run({ query: "mutation M { basketCreate { basket { basketId } } }" });
  expect(steps[1]).toBe(`prepared ${OperationTypeNode.MUTATION} M`);
});
