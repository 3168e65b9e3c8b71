/** What clients see when something fails: which field is null, what `errors` says, and that it says it once. */
import { GraphQLError, Kind, parse } from "graphql";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fewErrors, onceEach } from "../../../src/operation/error-limits.js";
import { presentError } from "../../../src/operation/errors.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeEach(async () => {
  facade = await startFacade();
});

afterEach(async () => {
  await facade.close();
});

const serverError = { kind: "status", status: 500, body: "oops", contentType: "text/plain" } as const;

describe("a failure of 7digital", () => {
  it("nulls its field and leaves the rest of the answer", async () => {
    facade.sandbox.faults.add({ method: "release/tags", fault: serverError });
    const answer = await facade.query(`{ release(id: "155408") { title tags { nodes { text } } } artist(id: "1") { name } }`);
    expect(answer).toEqual({
      data: { release: { title: "Dreams", tags: null }, artist: { name: "Keane" } },
      errors: [
        {
          message: "7digital failed to answer release/tags (HTTP 500).",
          locations: expect.anything() as unknown,
          path: ["release", "tags"],
          extensions: { code: "UPSTREAM_UNAVAILABLE", retryable: true, sevendigital: { method: "release/tags" } },
        },
      ],
    });
  });

  it("appears once, however many fields it nulls", async () => {
    facade.sandbox.faults.add({ method: "artist/details", fault: serverError });
    const answer = await facade.query(`{ trackChart(first: 1) { nodes { title artist { name sortName biography image { url } } } } }`);
    expect(answer.data).toMatchObject({ trackChart: { nodes: [{ artist: { sortName: null, biography: null, image: null } }] } });
    expect(answer.errors).toHaveLength(1);
    const [error] = answer.errors ?? [];
    const at = ["trackChart", "nodes", 0, "artist"];
    expect([error?.path, ...(error?.extensions?.["alsoNulled"] as unknown[])]).toEqual([
      [...at, "sortName"],
      [...at, "biography"],
      [...at, "image"],
    ]);
  });

  it("that has a code of 7digital's tells it", async () => {
    const body = `<response status="error" version="1.2"><error code="9001"><errorMessage>Unexpected internal server error</errorMessage></error></response>`;
    facade.sandbox.faults.add({ method: "release/chart", fault: { kind: "status", status: 500, body, contentType: "text/xml" } });
    const { data, errors } = await facade.query(`{ releaseChart { nodes { title } } }`);
    expect(data).toEqual({ releaseChart: null });
    expect(errors?.[0]).toMatchObject({
      message: "7digital failed (error 9001 of release/chart). Try again later.",
      extensions: {
        code: "UPSTREAM_ERROR",
        retryable: true,
        sevendigital: { code: 9001, method: "release/chart", message: "Unexpected internal server error" },
      },
    });
  });

  it("is a truncated answer, never half a list", async () => {
    facade.sandbox.faults.add({ method: "release/chart", fault: { kind: "truncate", bytes: 900 } });
    const { data, errors } = await facade.query(`{ releaseChart { nodes { title } } }`);
    expect(data).toEqual({ releaseChart: null });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions?.["code"]).toMatch(/^UPSTREAM_(?:BAD_RESPONSE|UNAVAILABLE)$/);
  });

  it("is tried once more before anybody hears of it", async () => {
    facade.sandbox.faults.add({ method: "artist/details", times: 1, fault: { kind: "reset" } });
    expect(await facade.query(`{ artist(id: "1") { name } }`)).toEqual({ data: { artist: { name: "Keane" } } });
  });

  it("tells nothing of keys, addresses or what is inside", async () => {
    facade.sandbox.faults.add({ method: "*", fault: { kind: "reset" } });
    const answer = await facade.query(`{ artist(id: "1") { name } releaseChart { nodes { title } } }`);
    expect(answer.errors).toHaveLength(2);
    const text = JSON.stringify(answer);
    for (const secret of ["sandbox", "127.0.0.1", "oauth", "UND_", "/1.2", "    at "]) expect(text).not.toContain(secret);
  });
});

describe("what is not sold in the store of one field", () => {
  it("names the store that was asked, not the operation's", async () => {
    const body = `<response status="error" version="1.2"><error code="2002"><errorMessage>Release not available</errorMessage></error></response>`;
    const fault = { kind: "status", status: 404, body, contentType: "text/xml" } as const;
    const query = `{ release(id: "2118") { title a: price(country: "DE") { soldAs } b: price(shopId: "1064") { soldAs } } }`;
    await facade.query(`{ release(id: "2118") { title } }`);
    facade.sandbox.faults.add({ method: "release/details", fault });
    const { data, errors } = await facade.query(query);
    expect(data).toMatchObject({ release: { title: expect.any(String) as unknown } });
    expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions?.["store"]])).toEqual([
      ["a", { country: "DE" }],
      ["b", { shopId: "1064" }],
    ]);
    const again = await facade.query(query);
    expect(again.errors, "remembered").toEqual(errors);
  });
});

describe("what does not exist", () => {
  it("is null without an error where it was asked for by id", async () => {
    const query = `{
      artist(id: "99999999") { name } release(id: "99999999") { title } track(id: "99999999") { title } tag(id: "no-such-tag") { text }
      editorialList(key: "no_such_list") { key } node(id: "artist:99999999") { id }
    }`;
    const nothing = { artist: null, release: null, track: null, tag: null, editorialList: null, node: null };
    expect(await facade.query(query)).toEqual({ data: nothing });
  });

  it("is a hole in a list of ids, in order", async () => {
    const query = `{
      artistsById(ids: ["1", "99999999", "14", "1"]) { name }
      nodes(ids: ["release:99999999", "release:155408"]) { id }
    }`;
    expect(await facade.query(query)).toEqual({
      data: {
        artistsById: [{ name: "Keane" }, null, { name: "The Charlatans" }, { name: "Keane" }],
        nodes: [null, { id: "release:155408" }],
      },
    });
  });

  it("is remembered, so that asking again costs no call", async () => {
    await facade.query(`{ artist(id: "99999999") { name } }`);
    facade.calls();
    expect(await facade.query(`{ artist(id: "99999999") { name } }`)).toEqual({ data: { artist: null } });
    expect(facade.calls()).toEqual([]);
  });

  it("is an error where a list belongs to it", async () => {
    const { data, errors } = await facade.query(`{ tagged(tags: ["no-such-tag"]) { artists { nodes { name } } } }`);
    expect(data).toEqual({ tagged: { artists: null } });
    expect(errors?.[0]).toMatchObject({
      message: "7digital has none of these tags. Use tags from `tags`.",
      extensions: { code: "NOT_FOUND", sevendigital: { code: 2001, method: "artist/bytag/top" } },
    });
  });
});

describe("bad input", () => {
  it.each([
    [`{ artist(id: "0") { name } }`, "id"],
    [`{ artist(id: "1e3") { name } }`, "id"],
    [`{ artist(id: "+1") { name } }`, "id"],
    [`{ artist(id: "../1") { name } }`, "id"],
    [`{ artist(id: "１２") { name } }`, "id"],
    [`{ artist(id: "release:1") { name } }`, "id"],
    [`{ node(id: "1") { id } }`, "id"],
    [`{ node(id: "basket:1") { id } }`, "id"],
    [`{ track(id: "track:1:2:3") { title } }`, "id"],
    [`{ track(id: "track:1:2", releaseId: "3") { title } }`, "releaseId"],
    [`{ nodes(ids: [${new Array<string>(101).fill('"artist:1"').join()}]) { id } }`, "ids"],
    [`{ releaseChart(first: 0) { totalCount } }`, "first"],
    [`{ releaseChart(first: 101) { totalCount } }`, "first"],
    [`{ releaseChart(after: "x") { totalCount } }`, "after"],
    [`{ releaseChart(offset: -1) { totalCount } }`, "offset"],
    [`{ releaseChart(after: "1", offset: 1) { totalCount } }`, "offset"],
    [`{ search(query: "  ") { artists { totalCount } } }`, "query"],
    [`{ search(query: "${"x".repeat(201)}") { artists { totalCount } } }`, "query"],
    [`{ search(query: "a\\u0000b") { artists { totalCount } } }`, "query"],
    [`{ tagged(tags: []) { artists { totalCount } } }`, "tags"],
    [`{ tagged(tags: ["rock,pop"]) { artists { totalCount } } }`, "tags"],
    [`{ newReleases(from: "2009-06-10", to: "2009-06-03") { totalCount } }`, "from"],
    [`{ artist(id: "1") { image(width: 0) { url } } }`, "width"],
    [`{ release(id: "155408") { price(shopId: "GB") { soldAs } } }`, "shopId"],
  ])("%s is refused with the argument's name, before any call for it", async (query, argument) => {
    const { errors } = await facade.query(query);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toEqual({ code: "BAD_USER_INPUT", argument });
    expect(errors?.[0]?.message).toMatch(/[.]$/);
  });

  it("nulls the field it belongs to and leaves the rest", async () => {
    const { data, errors } = await facade.query(`{
      artist(id: "1") { name } search(query: "") { artists { totalCount } } tagged(tags: []) { artists { totalCount } }
      tracksById(ids: ["12345", "x"]) { title }
    }`);
    expect(data).toEqual({ artist: { name: "Keane" }, search: null, tagged: null, tracksById: [{ title: "I Love You" }, null] });
    expect(errors?.map(({ path }) => path)).toEqual(expect.arrayContaining([["search"], ["tagged"], ["tracksById", 1]]));
  });

  it.each([`{ releaseChart(until: "2009-02-30") { totalCount } }`, `query @inContext(country: "ZZ") { storeContext { country } }`])(
    "%s is refused as it is read",
    async (query) => {
      const { data, errors } = await facade.query(query);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(facade.calls()).toEqual([]);
    },
  );
});

describe("what nobody foresaw", () => {
  const masked = {
    message: "Something went wrong on our side. Try again; if it keeps failing, tell the operator.",
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  };

  it("is masked whatever the environment, and reported once", () => {
    const reported: unknown[] = [];
    const cause = new TypeError("connect to http://key:secret@10.0.0.1 failed");
    const located = new GraphQLError(cause.message, { originalError: cause, path: ["artist"] });
    const shown = presentError(located, (error) => reported.push(error));
    expect(shown.toJSON()).toMatchObject({ ...masked, path: ["artist"] });
    expect(reported).toEqual([cause]);
  });

  it.each([undefined, null, "a secret", 7])("is masked and reported although it is no error: %o", (thrown) => {
    const reported: unknown[] = [];
    expect(presentError(thrown, (error) => reported.push(error)).toJSON()).toMatchObject(masked);
    expect(reported).toEqual([thrown]);
  });

  it("is masked and reported where graphql-js refuses the value that a field was given", () => {
    const { definitions } = parse("{ artist }");
    const field = definitions[0]?.kind === Kind.OPERATION_DEFINITION ? definitions[0].selectionSet.selections : [];
    const refused = new GraphQLError('Int cannot represent non-integer value: "a secret"');
    const located = new GraphQLError(refused.message, { originalError: refused, nodes: field, path: ["artist"] });
    const reported: unknown[] = [];
    expect(presentError(located, (error) => reported.push(error)).toJSON()).toMatchObject({ ...masked, path: ["artist"] });
    expect(reported).toEqual([refused]);
  });

  it("is HTTP 500 where there is no data", () => {
    expect(presentError(new Error("a secret"), () => undefined).extensions).toMatchObject({ code: "INTERNAL_SERVER_ERROR" });
  });
});

describe("whether to ask again later", () => {
  it.each([
    ["UPSTREAM_UNAVAILABLE", false, true],
    ["UPSTREAM_TIMEOUT", false, true],
    ["UPSTREAM_RATE_LIMITED", false, true],
    ["UPSTREAM_ERROR", false, false],
    ["UPSTREAM_ERROR", true, true],
    ["UPSTREAM_BAD_RESPONSE", false, false],
    ["UPSTREAM_BAD_RESPONSE", true, true],
    ["UPSTREAM_AUTH", false, false],
    ["UPSTREAM_REJECTED_INPUT", false, false],
    ["NOT_FOUND", false, false],
  ] as const)("of %s, that we ourselves would try again at once: %o, is presented as %o", (code, retryable, expected) => {
    const error = new UpstreamError(code, "It failed.", { method: "artist/details", retryable });
    expect(presentError(new GraphQLError("", { originalError: error }), () => undefined).extensions["retryable"]).toBe(expected);
  });
});

describe("when to ask again", () => {
  it.each([
    [120_000, 120],
    [119_001, 120],
    [1, 1],
    [0, 1],
    [-5000, 1],
  ])("in %i milliseconds is given as a moment and as %i seconds", (inMs, seconds) => {
    const nowMs = Date.UTC(2026, 10, 22);
    const cause = new UpstreamError("UPSTREAM_RATE_LIMITED", "It failed.", { method: "artist/details", resetAtMs: nowMs + inMs });
    const { extensions } = presentError(
      cause,
      () => undefined,
      () => nowMs,
    );
    expect(extensions).toMatchObject({ resetAt: new Date(nowMs + inMs).toISOString(), retryAfterSeconds: seconds });
  });

  it("is not told where nobody knows", () => {
    const cause = new UpstreamError("UPSTREAM_TIMEOUT", "It failed.", { method: "artist/details" });
    expect(presentError(cause, () => undefined).extensions).not.toHaveProperty("retryAfterSeconds");
  });
});

describe("how much is told", () => {
  const upstreamError = (path: string): GraphQLError =>
    new GraphQLError("It failed.", {
      path: [path],
      originalError: new UpstreamError("UPSTREAM_TIMEOUT", "It failed.", { method: path, retryable: true }),
    });

  it("is ten errors, and how many more there are", () => {
    const few = fewErrors(Array.from({ length: 25 }, (_, index) => upstreamError(String(index))));
    expect(few.map(({ path }) => path?.[0])).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(few.map(({ extensions }) => extensions["errorsLeftOut"]).filter(Boolean)).toEqual([15]);
    expect(few.at(-1)?.originalError).toBeInstanceOf(UpstreamError);
  });

  it("is 8 000 bytes, but always one error", () => {
    const long = (name: string): GraphQLError => new GraphQLError("It failed.", { path: [name], extensions: { a: "x".repeat(3000) } });
    expect(fewErrors(["a", "b", "c"].map(long)).map(({ extensions }) => extensions["errorsLeftOut"])).toEqual([undefined, 1]);
    expect(fewErrors([new GraphQLError("It failed.", { extensions: { a: "x".repeat(9000) } })])).toHaveLength(1);
  });

  it("is every complaint about a document once, and every failure of a field", () => {
    const complaint = new GraphQLError("Unknown.");
    const failure = (path: string): GraphQLError => new GraphQLError("It failed.", { path: [path] });
    expect(fewErrors([complaint, complaint, failure("a"), failure("b")])).toEqual([complaint, failure("a"), failure("b")]);
  });

  it("is ten of the locations of one error", () => {
    const { definitions: nodes } = parse("{ a } ".repeat(14));
    const error = new GraphQLError("It failed.", { nodes });
    expect([error, ...fewErrors([error])].map(({ locations }) => locations?.length)).toEqual([14, 10]);
  });

  it("is ten of the fields that one failure nulled, and how many more", () => {
    const cause = new UpstreamError("UPSTREAM_TIMEOUT", "It failed.", { method: "artist/details", retryable: true });
    const errors = Array.from({ length: 14 }, (_, index) => new GraphQLError("It failed.", { path: [index], originalError: cause }));
    const [error, ...others] = onceEach(errors);
    expect(others).toEqual([]);
    expect(error?.extensions).toEqual({ alsoNulled: [[1], [2], [3], [4], [5], [6], [7], [8], [9], [10]], alsoNulledLeftOut: 3 });
  });
});

describe("where NODE_ENV is development", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("A65: what nobody foresaw is masked all the same, without message or stack", async () => {
    vi.stubEnv("NODE_ENV", "development");
    let broken = false;
    const ahead = (): number => {
      if (broken) throw new TypeError("a secret of the inside");
      return 0;
    };
    const own = await startFacade({ ahead, report: () => undefined });
    broken = true;
    const answer = await own.query(`{ artist(id: "1") { name } }`);
    broken = false;
    await own.close();
    expect(answer.errors).toMatchObject([{ extensions: { code: "INTERNAL_SERVER_ERROR" } }]);
    expect(JSON.stringify(answer)).not.toMatch(/a secret of the inside|stack| {4}at /);
  });
});
