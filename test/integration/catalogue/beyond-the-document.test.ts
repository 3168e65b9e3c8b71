/** Methods of the catalogue that the API document does not have, asked through the graph: what reaches 7digital, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { CACHE_MAX_BYTES: "0" } });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(() => facade.close());

/** The answer's data, without an error. */
async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { data, errors } = await facade.query(query, {}, headers);
  expect(errors).toBeUndefined();
  return data;
}

/** The calls since the last reset, with what they carried besides the consumer key. */
function sent(): readonly (readonly [method: string, params: Readonly<Record<string, string>>])[] {
  return facade.sandbox.journal.entries().map(({ method, params }) => [method, params]);
}

describe("what editors write", () => {
  it("release/editorial: a review and an advertisement by one call", async () => {
    const data = await ask(`{ release(id: "155408") { review promotionalText } }`);
    expect(data).toEqual({
      release: { review: expect.stringMatching(/^\S.* Dreams.*\S$/) as string, promotionalText: expect.any(String) as string },
    });
    expect(facade.calls()).toEqual(["release/editorial"]);
  });

  it("release/editorial: null where there is none, in every shape that says so", async () => {
    for (const editorial of ["<editorial>\n  </editorial>", "<editorial/>", "<editorial><review><text> </text></review></editorial>"]) {
      const restore = answerWith(facade, "release/editorial", editorial);
      expect(await ask(`{ release(id: "155408") { review promotionalText } }`)).toEqual({
        release: { review: null, promotionalText: null },
      });
      restore();
    }
  });

  it("release/editorial: an error for a release that does not exist", async () => {
    const { data, errors } = await facade.query(`{ release(id: "999999999") { review } }`);
    expect(data).toEqual({ release: { review: null } });
    expect(errors).toMatchObject([{ path: ["release", "review"], extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("tags that go together", () => {
  it("tag/related: lists them in pages, without those that were given", async () => {
    const data = await ask(
      `{ tagged(tags: ["tag:rock", "pop"]) { relatedTags(first: 3) { totalCount nodes { id text } pageInfo { hasNextPage } } } }`,
    );
    expect(sent()).toEqual([["tag/related", { tags: "pop,rock", page: "1", pageSize: "3", country: "GB" }]]);
    const { nodes, ...page } = (data as { tagged: { relatedTags: { nodes: { id: string }[] } } }).tagged.relatedTags;
    expect(page).toEqual({ totalCount: 20, pageInfo: { hasNextPage: true } });
    expect(nodes).toHaveLength(3);
    expect(nodes.map(({ id }) => id)).not.toEqual(expect.arrayContaining(["tag:rock"]));
  });

  it("tag/related: can be asked of one tag", async () => {
    expect(await ask(`{ tag(id: "jazz") { tagged { relatedTags(first: 1) { nodes { text } } } } }`)).toMatchObject({
      tag: { tagged: { relatedTags: { nodes: [{ text: expect.any(String) as string }] } } },
    });
    expect(facade.calls()).toEqual(["tag/related"]);
  });
});
