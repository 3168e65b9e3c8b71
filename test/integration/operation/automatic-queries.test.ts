/** Apollo's automatic persisted queries: clients register documents by sending them once with their hash. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, describe, expect, it } from "vitest";
import { tell } from "../../support/asking.js";
import { startFacade } from "../../support/facade.js";
import { ask } from "../../support/raw-client.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const named = (document: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(document) } } });
const document = "query Where { storeContext { country } }";
const found = { status: 200, data: { storeContext: { country: "GB" } } };
const notFound = { status: 400, code: "PERSISTED_QUERY_NOT_FOUND" };

async function start(environment: Readonly<Record<string, string>> = {}) {
  const facade = await startFacade({ environment });
  onTestFinished(() => facade.close());
  return facade;
}

describe("a document that comes with its hash", () => {
  it("is known by the hash from then on, by POST, GET and documentId", async () => {
    const facade = await start();
    expect(await tell(facade.url, named(document))).toMatchObject(notFound);
    expect(await tell(facade.url, { query: document, ...named(document) })).toMatchObject(found);
    expect(await tell(facade.url, named(document))).toMatchObject(found);
    expect(await tell(facade.url, { documentId: sha256(document) })).toMatchObject(found);
    const path = `/graphql?${new URLSearchParams({ extensions: JSON.stringify(named(document).extensions) }).toString()}`;
    expect((await ask(facade, { path })).status).toBe(200);
  });

  it("is refused under another hash, and neither is remembered", async () => {
    const facade = await start();
    const other = "query Other { __typename }";
    for (const sha256Hash of [sha256(other), sha256(document).toUpperCase(), `sha256:${sha256(document)}`, ""]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      expect(await tell(facade.url, { query: document, extensions })).toMatchObject({ status: 400, code: "BAD_REQUEST" });
    }
    for (const one of [document, other]) expect(await tell(facade.url, named(one))).toMatchObject(notFound);
  });

  it.each([
    ["not GraphQL", "{"],
    ["not of the schema", "{ nonsense }"],
    ["too deep", `{ artist(id: "1") ${"{ similarArtists(first: 1) { nodes ".repeat(20)}{ id }${" } }".repeat(20)} }`],
  ])("is not remembered where it is %s", async (_what, bad) => {
    const facade = await start();
    expect((await tell(facade.url, { query: bad, ...named(bad) })).data).toBeUndefined();
    expect(await tell(facade.url, named(bad))).toMatchObject(notFound);
  });

  it("runs and is not remembered where that is turned off", async () => {
    const facade = await start({ PERSISTED_AUTOMATIC_BYTES: "0" });
    expect(await tell(facade.url, { query: document, ...named(document) })).toMatchObject(found);
    expect(await tell(facade.url, named(document))).toMatchObject(notFound);
  });

  it("needs the header against CSRF in the profile locked, where a page could make its visitors send it by GET", async () => {
    const facade = await start({ PROFILE: "locked" });
    await tell(facade.url, { query: document, ...named(document) });
    const path = `/graphql?${new URLSearchParams({ documentId: sha256(document) }).toString()}`;
    expect((await ask(facade, { path })).body).toContain("graphql-require-preflight");
    expect((await ask(facade, { path, headers: { "graphql-require-preflight": "1" } })).status).toBe(200);
    expect(await tell(facade.url, named(document))).toMatchObject(found);
  });
});

it("A52: a long document that a gateway registered stays too long for others", async () => {
  const facade = await start({ GATEWAY_SECRET: "a-gateway-secret-of-32-characters" });
  const long = `{ __typename } ${"#".repeat(20_000)}`;
  const gateway = { "x-7d-gateway-secret": "a-gateway-secret-of-32-characters" };
  expect(await tell(facade.url, { query: long, ...named(long) }, gateway)).toMatchObject({ status: 200 });
  expect(await tell(facade.url, named(long), gateway)).toMatchObject({ status: 200 });
  expect(await tell(facade.url, named(long))).toMatchObject({ status: 400, code: "DOCUMENT_TOO_LARGE" });
});

it("A52: a flood of documents evicts the oldest of them, and none that the operator registered", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "automatic-")), "operations.json");
  writeFileSync(file, JSON.stringify({ [sha256(document)]: document }));
  // Room for about two of them.
  const facade = await start({ PERSISTED_OPERATIONS: file, PERSISTED_AUTOMATIC_BYTES: "50000" });
  const flood = Array.from({ length: 30 }, (_, index) => `{ __typename } #${String(index)}${" ".repeat(10_000)}`);
  for (const query of flood) expect(await tell(facade.url, { query, ...named(query) })).toMatchObject({ status: 200 });
  const known = [];
  for (const query of flood) known.push((await tell(facade.url, named(query))).status === 200);
  expect(known).toEqual(flood.map((_, index) => index >= 28));
  expect(await tell(facade.url, named(document))).toMatchObject(found);
});
