/** What the server says to requests that are not simply a good operation, and that it says nothing of its inside. */
import { request, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let facade: Facade;
const reported: unknown[] = [];

beforeAll(async () => {
  facade = await startFacade({ report: (error) => reported.push(error) });
});
afterAll(() => facade.close());
afterEach(() => {
  expect(reported.splice(0), "reported as our fault").toEqual([]);
});

const html = "text/html,application/xhtml+xml,*/*;q=0.8";
const json = { "content-type": "application/json" };
const typename = encodeURIComponent("{ __typename }");

/** node:http rather than fetch, which refuses such methods and headers itself. */
function ask({ path = "/graphql", method = "GET", headers = {}, body = "" }: Asked): Promise<Answered> {
  const { hostname, port } = new URL(facade.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }), reject);
    });
    sent.on("error", reject).end(body);
  });
}

/** Everything that comes back on a connection of its own. */
function exchange(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(facade.url).port), "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("a request that no URL can be made of", () => {
  it.each(["a b", "[", "x:99999", "x/y", "x?query={__typename}", "user@x"])(
    "is refused in plain text without a stack: Host: %s",
    async (host) => {
      for (const start of [`GET /graphql?query=${typename}`, "POST /graphql"]) {
        const answer = await exchange(`${start} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
        expect(answer).toMatch(/content-type: text\/plain/i);
        expect(answer).not.toMatch(/ {4}at |node_modules|Error/);
      }
    },
  );

  it.each(["http://x/graphql", "http://[/graphql", "*", "//["])("is refused in plain text without a stack: target %s", async (target) => {
    const answer = await exchange(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toMatch(/ {4}at |node_modules|Error/);
  });

  it("is not one that names its host by number", async () => {
    for (const host of ["127.0.0.1:4000", "[::1]:4000"]) {
      const answer = await exchange(`GET /graphql?query=${typename} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    }
  });

  it("is not one that names no host, as HTTP/1.0 may", async () => {
    expect(await exchange(`GET /graphql?query=${typename} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});

describe("a path that only ends in that of the graph", () => {
  const asks = `query=${typename}`;

  it.each([
    "/admin/a/graphql",
    `/admin/a/graphql?${asks}`,
    `/x?${asks}&y=/graphql`,
    `//evil/graphql?${asks}`,
    `/graphql/?${asks}`,
    `/GraphQL?${asks}`,
    `/%67raphql?${asks}`,
    `/a/../graphql?${asks}`,
    `/graphql;a?${asks}`,
    "/a/health",
    "/x?y=/health",
    "//evil/health",
    "/health/",
  ])("answers nothing: %s", async (path) => {
    const sent = { body: `{"query":"{ __typename }"}` };
    for (const asked of [{ path }, { path, method: "POST", headers: json, ...sent }]) {
      const { status, headers, body } = await ask(asked);
      expect([status, headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
      expect(body).toBe("Not found. The graph is at /graphql.\n");
    }
  });

  it("is not the graph's own with any query, nor that of the health check", async () => {
    expect((await ask({ path: `/graphql?${asks}&y=/health` })).body).toContain(`"data":{"__typename":"Query"}`);
    for (const path of ["/health", "/health?from=balancer"]) {
      const { status, headers, body } = await ask({ path });
      expect([status, headers["cache-control"], body]).toEqual([200, "no-store", ""]);
    }
  });
});

describe("a body that is not JSON", () => {
  it.each([
    ["application/x-www-form-urlencoded", `query=${typename}`],
    ["application/graphql", "{ __typename }"],
    ["text/plain", `{"query":"{ __typename }"}`],
    ["text/plain; a=application/json", `{"query":"{ __typename }"}`],
    [
      "multipart/form-data; boundary=b",
      `--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query":"{ __typename }"}\r\n--b--\r\n`,
    ],
  ])("is refused: %s", async (type, body) => {
    const answer = await ask({ method: "POST", headers: { "content-type": type }, body });
    expect([answer.status, answer.headers["content-type"]]).toEqual([415, "text/plain; charset=utf-8"]);
    expect(answer.body).toContain("application/json");
  });

  it("is refused when it does not say what it is", async () => {
    expect((await ask({ method: "POST", body: `{"query":"{ __typename }"}` })).status).toBe(415);
  });

  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/graphql+json",
    "APPLICATION/JSON",
    "Application/JSON ;charset=UTF-8",
    'application/json; charset="utf-8"',
    'application/json;charset="UTF-8"; a="b;c"',
    "application/json; charset=utf8",
    "application/json;",
  ])("is not one of %s", async (type) => {
    const answer = await ask({ method: "POST", headers: { "content-type": type }, body: `{"query":"{ __typename }"}` });
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining(`"data":{"__typename":"Query"}`)]);
  });

  it.each([
    { method: "POST", headers: json, body: `{"query": SECRET` },
    { method: "POST", headers: json },
    { path: `/graphql?query=${typename}&variables=SECRET` },
    { path: `/graphql?query=${typename}&extensions=SECRET` },
  ])("does not come back in the error: %o", async (asked) => {
    const { status, body } = await ask(asked);
    expect(status).toBe(400);
    expect(body).not.toMatch(/SECRET|originalError|SyntaxError/);
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  });

  it("is told from one that is too large", async () => {
    const { status, body } = await ask({ method: "POST", headers: json, body: JSON.stringify({ query: "#".repeat(200_000) }) });
    expect([status, body]).toEqual([413, expect.stringContaining("REQUEST_ENTITY_TOO_LARGE")]);
  });
});

describe("an answer in JSON", () => {
  it.each<Asked>([
    { path: `/graphql?query=${typename}` },
    { method: "POST", headers: json, body: "{" },
    { method: "DELETE" },
    { method: "POST", headers: json, body: "#".repeat(200_000) },
    { path: `/graphql?query=${typename}`, headers: { authorization: "Bearer x" } },
  ])("is not to be taken for anything else", async (asked) => {
    const { headers } = await ask(asked);
    expect(headers["content-type"]).toMatch(/json/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("an answer of another type than JSON", () => {
  const change = "mutation { basketCreate { basket { id } } }";

  it.each(["text/html", "multipart/mixed; incrementalSpec=v0.2", "image/png", "application/json; charset=utf-16"])(
    "is refused, and nothing is done: %s",
    async (accept) => {
      facade.calls();
      const { status, headers, body } = await ask({
        method: "POST",
        headers: { ...json, accept },
        body: JSON.stringify({ query: change }),
      });
      expect([status, headers["content-type"]]).toEqual([406, "text/plain; charset=utf-8"]);
      expect(body).toContain("Accept application/graphql-response+json or application/json");
      expect(facade.calls()).toEqual([]);
    },
  );

  it.each([
    "",
    "*/*",
    "application/*;q=0.5",
    "text/event-stream, Application/JSON",
    "multipart/mixed, application/graphql-response+json; charset=utf-8",
    "application/json;;q=1;",
  ])("is not what is asked for by %j", async (accept) => {
    const { status, headers } = await ask({ path: `/graphql?query=${typename}`, headers: { accept } });
    expect([status, headers["content-type"]]).toEqual([200, expect.stringMatching(/^application\/(?:graphql-response\+)?json/)]);
  });
});

describe("the type of an answer in JSON", () => {
  const plain = "application/json; charset=utf-8";
  const response = "application/graphql-response+json; charset=utf-8";

  it.each([
    ['application/json; charset="utf-8"', plain],
    ['application/json; charset="UTF\\-8"', plain],
    ['APPLICATION/JSON ; CHARSET=Utf8 ; q="0.9"', plain],
    ['application/graphql-response+json; charset="UTF-8"', response],
    ['application/graphql-response+json;profile="a,b;c=\\"d";q=0.3', response],
    ["application/graphql-response+json, application/json;q=0.9", response],
    ["application/json, application/graphql-response+json", plain],
    ["application/json;q=0.5, application/graphql-response+json", response],
    ["application/json;q=0, application/graphql-response+json;q=0.1", response],
    ["text/html, application/xhtml+xml, */*;q=0.8", plain],
    ["*/*, application/json;q=0", response],
    ["application/*, application/graphql-response+json;q=0.0", plain],
    ["application/json; charset=utf-16, application/json", plain],
    ["text/event-stream, multipart/mixed, application/json;q=0.001", plain],
  ])("is the one that %s prefers", async (accept, type) => {
    const { status, headers } = await ask({ method: "POST", headers: { ...json, accept }, body: `{"query":"{ __typename }"}` });
    expect([status, headers["content-type"]]).toEqual([200, type]);
  });

  it.each([
    "application/json;q=0",
    'application/json; q="0.000"',
    "*/*;q=0",
    'application/json; charset="utf-16"',
    'text/plain; a="application/json, */*"',
    "application/jsonp",
    "application/json-seq",
    '"application/json"',
    `${'"\\'.repeat(7000)}, application/json`,
  ])("is none that %s allows", async (accept) => {
    const { status } = await ask({ method: "POST", headers: { ...json, accept }, body: `{"query":"{ __typename }"}` });
    expect(status).toBe(406);
  });

  it.each([
    ['application/json; charset="utf-8"', 200],
    ['application/graphql-response+json; charset="utf-8"', 400],
    ["*/*", 400],
  ])("decides how a document that does not fit is told of, however it is written: %s", async (accept, status) => {
    const answer = await ask({ method: "POST", headers: { ...json, accept }, body: `{"query":"{ nothing }"}` });
    expect(answer.status).toBe(status);
  });
});

describe("pages of other origins", () => {
  it("are told nothing that would let them read an answer", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    for (const method of ["OPTIONS", "GET"]) {
      const answer = await ask({ method, path: `/graphql?query=${typename}`, headers });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });
});

describe("somebody who is lost", () => {
  it("finds a link to the graph at /", async () => {
    const { status, headers, body } = await ask({ path: "/", headers: { accept: html } });
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(body).toContain('href="/graphql"');
  });

  it.each([{ path: "/nowhere" }, { path: "/nowhere", method: "POST", headers: json }])("gets the path of the graph: %o", async (asked) => {
    const { status, headers, body } = await ask(asked);
    expect([status, headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
    expect(body).toContain("/graphql");
  });

  it("is told which methods, and which types of answer, there are", async () => {
    const deleted = await ask({ method: "DELETE" });
    expect([deleted.status, deleted.headers.allow]).toEqual([405, "GET, POST"]);
    expect(deleted.body).toContain("GET and POST");
    const image = await ask({ path: `/graphql?query=${typename}`, headers: { accept: "image/png" } });
    expect([image.status, image.headers["content-type"]]).toEqual([406, "text/plain; charset=utf-8"]);
    expect(image.body).toContain("application/graphql-response+json");
  });

  it("finds GraphiQL by HEAD as by GET", async () => {
    const got = await ask({ headers: { accept: html } });
    const { status, headers, body } = await ask({ method: "HEAD", headers: { accept: html } });
    expect([status, headers["content-type"], headers.etag, body]).toEqual([200, "text/html; charset=utf-8", got.headers.etag, ""]);
  });
});

describe("a document or variables that cannot be run", () => {
  const one = (query: string, variables: object = {}): Promise<Answered> =>
    ask({
      method: "POST",
      headers: { ...json, accept: "application/graphql-response+json" },
      body: JSON.stringify({ query, variables }),
    });
  const chart = (type: string, argument: string): string => `query ($given: ${type}) { releaseChart(${argument}: $given) { totalCount } }`;

  it.each([
    ["a document that cannot be parsed", `{ artist(`, {}, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", `{ nonsense }`, {}, "GRAPHQL_VALIDATION_FAILED"],
    ["a mutation where there are none", `mutation { x }`, {}, "GRAPHQL_VALIDATION_FAILED"],
    ["a subscription where there are none", `subscription { x }`, {}, "GRAPHQL_VALIDATION_FAILED"],
    ["two operations and no name", `query A { __typename } query B { __typename }`, {}, "OPERATION_RESOLUTION_FAILURE"],
    ["a variable that is missing", chart("Date!", "until"), {}, "BAD_USER_INPUT"],
    ["a variable that is null", chart("Date!", "until"), { given: null }, "BAD_USER_INPUT"],
    ["a variable of the wrong type", chart("Int!", "first"), { given: "ten" }, "BAD_USER_INPUT"],
    ["a store that is none", `query ($given: ID) @inContext(shopId: $given) { __typename }`, { given: "x" }, "BAD_USER_INPUT"],
  ])("is refused with a code: %s", async (_what, query, variables, code) => {
    const { status, body } = await one(query, variables);
    expect([status, JSON.parse(body)]).toMatchObject([400, { errors: [{ extensions: { code } }] }]);
    expect((await one(query, variables)).body, "from the cache").toBe(body);
  });

  it("is refused with a code where the schema does not find out", async () => {
    const { body } = await one(chart("Int", "first"), { given: 0 });
    expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  it.each([
    ["Date!", `releaseChart(until: $given) { totalCount }`, "SECRET", `"SECRET"`, "BAD_USER_INPUT"],
    ["Int!", `releaseChart(first: $given) { totalCount }`, "SECRET", `"SECRET"`, "GRAPHQL_VALIDATION_FAILED"],
    ["ReleaseTypeFilter!", `artist(id: "1") { releases(types: [$given]) { totalCount } }`, "SECRET", "SECRET", "GRAPHQL_VALIDATION_FAILED"],
    ["[ID!]!", `nodes(ids: $given) { id }`, [{ SECRET: "SECRET" }], `[{ SECRET: "SECRET" }]`, "GRAPHQL_VALIDATION_FAILED"],
  ])("does not come back in the error: a %s", async (type, field, value, literal, code) => {
    const variable = await one(`query ($given: ${type}) { ${field} }`, { given: value });
    expect(variable.body).toContain(`Variable \\"$given\\" does not fit its type \\"${type}\\".`);
    expect(variable.body).not.toContain("SECRET");
    const query = `{ ${field.replace("$given", literal)} }`;
    const written = await one(query);
    expect(written.body).toContain(code);
    expect(written.body).not.toContain("SECRET");
    expect((await one(query)).body, "from the cache").toBe(written.body);
  });

  it("is told what would be right", async () => {
    const advice = 'a calendar date as YYYY-MM-DD, e.g. \\"2009-06-01\\".';
    const variable = await one(chart("Date", "until"), { given: "2009" });
    expect(variable.body).toContain(`Variable \\"$given\\" does not fit its type \\"Date\\". Not a valid Date. Expected ${advice}`);
    expect(variable.body).toContain(`"locations":[{"line":1,"column":8}]`);
    const literal = await one(`{ releaseChart(until: 2009) { totalCount } }`);
    expect(literal.body).toContain(`Expected value of type \\"Date\\", found …; Not a valid Date. Expected ${advice}`);
    expect(literal.body).toContain(`"locations":[{"line":1,"column":23}]`);
  });
});

it("reports nothing when a client goes away before it is answered", async () => {
  const remove = facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 200 } });
  const body = JSON.stringify({ query: `{ artist(id: "1") { name } }` });
  for (const sent of [body, body.slice(0, 9)]) {
    const socket = connect(Number(new URL(facade.url).port), "127.0.0.1");
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n\r\n${sent}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  remove();
  expect(facade.logged.filter(({ level }) => level === "warn" || level === "error")).toEqual([]);
  expect((await facade.query(`{ artist(id: "1") { name } }`)).data).toEqual({ artist: { name: "Keane" } });
});
