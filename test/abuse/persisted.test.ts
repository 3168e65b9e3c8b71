/** A52: operations that are known by their hash, and where no others are executed. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { persistedOperationsPlugin } from "../../src/server/persisted-operations.js";
import { startFacade, type Facade } from "../support/facade.js";
import { tell } from "./asking.js";

const document = "query Where($yes: Boolean = true) { storeContext { country @include(if: $yes) } }";
const hash = createHash("sha256").update(document).digest("hex");
const directory = mkdtempSync(join(tmpdir(), "persisted-"));
let files = 0;

function file(content: unknown): string {
  files += 1;
  const path = join(directory, `${String(files)}.json`);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const apq = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

describe("with a file of operations", () => {
  let facade: Facade;
  afterEach(() => facade.close());

  it.each([
    ["an object by hash", { [hash]: document }],
    [
      "a manifest of Apollo's",
      { format: "apollo-persisted-query-manifest", version: 1, operations: [{ id: hash, body: document, name: "Where", type: "query" }] },
    ],
  ])("A52: they are executed by their hash, from %s", async (_what, content) => {
    facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file(content) } });
    const answer = { status: 200, data: { storeContext: { country: "GB" } } };
    expect(await tell(facade.url, apq(hash))).toMatchObject(answer);
    expect(await tell(facade.url, { documentId: hash })).toMatchObject(answer);
    expect(await tell(facade.url, { documentId: hash, variables: { yes: false } })).toMatchObject({ data: { storeContext: {} } });
    expect(await tell(facade.url, { query: "{ __typename }" }), "others too").toMatchObject({ status: 200 });
  });

  it("A52: one that is not known is refused in the words that Apollo's clients know", async () => {
    facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file({ [hash]: document }) } });
    for (const body of [apq("0".repeat(64)), { documentId: "__proto__" }, { documentId: "x".repeat(5000) }]) {
      const answer = await tell(facade.url, body, { accept: "application/json" });
      expect(answer).toMatchObject({ status: 400, code: "PERSISTED_QUERY_NOT_FOUND", errors: [{ message: "PersistedQueryNotFound" }] });
    }
  });

  it("A52: where only they are executed, a free query is refused", async () => {
    facade = await startFacade({
      environment: { PERSISTED_OPERATIONS: file({ [hash]: document }), PERSISTED_ONLY: "true", PROFILE: "locked" },
    });
    for (const body of [{ query: "{ __typename }" }, { query: document, ...apq(hash) }]) {
      expect(await tell(facade.url, body)).toMatchObject({ status: 400, code: "PERSISTED_QUERY_ONLY", data: undefined });
    }
    expect(await tell(facade.url, { documentId: hash })).toMatchObject({ status: 200 });
    expect(await tell(facade.url, {})).toMatchObject({ status: 400, code: "BAD_REQUEST" });
  });

  it("A52: they may be asked for by GET in the profile locked", async () => {
    facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file({ [hash]: document }), PROFILE: "locked" } });
    const { statusCode, body } = await request(`${facade.url}?extensions=${encodeURIComponent(JSON.stringify(apq(hash).extensions))}`);
    expect([statusCode, await body.json()]).toMatchObject([200, { data: { storeContext: { country: "GB" } } }]);
  });
});

it("A52: without a file none is known", async () => {
  const facade = await startFacade();
  expect(await tell(facade.url, apq(hash))).toMatchObject({ status: 400, code: "PERSISTED_QUERY_NOT_FOUND" });
  await facade.close();
});

describe("a file", () => {
  it.each([
    ["that is not there", join(directory, "none.json"), "can not be read"],
    ["that holds no JSON", file("{"), "holds no JSON"],
    ["of another shape", file(["a"]), "neither an object of documents by their hash nor a manifest"],
    ["with a wrong hash", file({ [hash]: `${document} ` }), `"${hash}" is not the SHA-256`],
    ["with a document that is none", file({ [createHash("sha256").update("{").digest("hex")]: "{" }), "is no GraphQL"],
  ])("%s keeps the server from starting, and the error says why", (_what, persistedOperations, why) => {
    expect(() => persistedOperationsPlugin({ persistedOperations, persistedOnly: false })).toThrow(why);
  });
});
