/** A52: operations that are known by their hash, and where no others are executed. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "@graphql-codegen/cli";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { readPersistedOperations } from "../../src/operation/persisted-operations.js";
import { startFacade, type Facade } from "../support/facade.js";
import { tell } from "../support/asking.js";
import { ask } from "../support/raw-client.js";

const document = "query Where($yes: Boolean = true) { storeContext { country @include(if: $yes) } }";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hash = sha256(document);
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

  describe.each(["open", "locked"])("by GET in the profile %s", (PROFILE) => {
    const change = "mutation { basketCreate { basket { id } } }";
    const changeHash = sha256(change);
    beforeEach(async () => {
      facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file({ [hash]: document, [changeHash]: change }), PROFILE } });
    });
    const get = (parameters: Record<string, string>, headers: Readonly<Record<string, string>> = {}) =>
      ask(facade, { path: `/graphql?${new URLSearchParams(parameters).toString()}`, headers });

    it("A52: they are executed by documentId, with their variables and names", async () => {
      const asked = [
        { documentId: hash },
        { documentId: `sha256:${hash}` },
        { documentId: hash, operationName: "Where", variables: '{"yes":true}', extensions: "{}" },
      ];
      for (const parameters of asked) {
        const { status, body } = await get(parameters);
        expect([status, JSON.parse(body)]).toMatchObject([200, { data: { storeContext: { country: "GB" } } }]);
      }
      const without = await get({ documentId: hash, variables: '{"yes":false}' });
      expect(JSON.parse(without.body)).toMatchObject({ data: { storeContext: {} } });
    });

    it("A37, A52: they change nothing, by whatever they are named", async () => {
      facade.calls();
      const ids = [{ documentId: changeHash }, { extensions: JSON.stringify(apq(changeHash).extensions) }];
      for (const parameters of ids) {
        const { status, headers } = await get(parameters);
        expect([status, headers.allow]).toEqual([405, "POST"]);
      }
      expect(facade.calls()).toEqual([]);
      expect((await tell(facade.url, { documentId: changeHash })).status).toBe(200);
    });

    it("A36, A52: they are refused as all others are: of a user, unknown, nested too deep, and beside a document of one's own", async () => {
      expect((await get({ documentId: hash }, { authorization: "Bearer x" })).body).toContain("BAD_REQUEST");
      for (const documentId of ["0".repeat(64), "", "sha256:", `md5:${hash}`, `sha256:sha256:${hash}`]) {
        const { status, body } = await get({ documentId }, { accept: "application/json" });
        expect([status, body]).toEqual([400, expect.stringMatching(/^\{"errors":\[\{"message":"PersistedQueryNotFound"/)]);
      }
      expect((await get({ documentId: hash, variables: `{"a":${"[".repeat(50)}${"]".repeat(50)}}` })).body).toContain("BAD_REQUEST");
      const own = await get({ documentId: hash, query: "{ __typename }" });
      expect(own.status).toBe(PROFILE === "open" ? 200 : 400);
      expect(own.body.includes("Query")).toBe(PROFILE === "open");
    });
  });

  it("A52: they are executed by documentId with the prefix that the appendix of GraphQL over HTTP gives hashes", async () => {
    facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file({ [hash]: document }) } });
    expect(await tell(facade.url, { documentId: `sha256:${hash}` })).toMatchObject({
      status: 200,
      data: { storeContext: { country: "GB" } },
    });
  });

  it("A52: they are executed from the file that codegen's client preset writes, with what its documents carry", async () => {
    const written = await writtenByCodegen(document);
    facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file(written), PERSISTED_ONLY: "true", PROFILE: "locked" } });
    const [documentId = ""] = Object.keys(JSON.parse(written) as object);
    expect(await tell(facade.url, { documentId })).toMatchObject({ status: 200, data: { storeContext: { country: "GB" } } });
  });
});

/** persisted-documents.json, configured as in docs/clients.md. */
async function writtenByCodegen(text: string): Promise<string> {
  const files = (await generate(
    {
      schema: join(import.meta.dirname, "../../schema/schema.graphql"),
      documents: text,
      generates: { "generated/": { preset: "client", presetConfig: { persistedDocuments: { hashAlgorithm: "sha256" } } } },
      silent: true,
    },
    false,
  )) as readonly { filename: string; content: string }[];
  return files.find(({ filename }) => filename.endsWith(".json"))?.content ?? "";
}

it("A52: without a file none is known", async () => {
  const facade = await startFacade();
  expect(await tell(facade.url, apq(hash))).toMatchObject({ status: 400, code: "PERSISTED_QUERY_NOT_FOUND" });
  await facade.close();
});

describe("a file", () => {
  it.each([
    ["that is not there", join(directory, "none.json"), "cannot be read"],
    ["that holds no JSON", file("{"), "holds no JSON"],
    ["of another shape", file(["a"]), "neither an object of documents by their hash nor a manifest"],
    ["with a wrong hash", file({ [hash]: `${document} ` }), `"${hash}" is not the SHA-256`],
    ["with a document that is none", file({ [createHash("sha256").update("{").digest("hex")]: "{" }), "is not valid GraphQL"],
  ])("%s keeps the server from starting, and the error says why", (_what, persistedOperations, why) => {
    expect(() => readPersistedOperations(persistedOperations)).toThrow(why);
  });
});
