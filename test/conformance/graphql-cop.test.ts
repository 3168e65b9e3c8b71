/** The checks of graphql-cop's public list, against the profile `locked`: none finds anything. Each says what it would flag. */
import { request } from "undici";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { PROFILE: "locked" } });
});
afterAll(() => facade.close());

interface GraphAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

async function send(method: "GET" | "POST", query: string, headers: Readonly<Record<string, string>>, body?: string) {
  const answer = await request(`${facade.url}${query}`, { method, headers, body: body ?? null });
  return { status: answer.statusCode, text: await answer.body.text() };
}

async function post(body: object): Promise<{ readonly status: number; readonly text: string; readonly parsed: GraphAnswer }> {
  const answer = await send("POST", "", { "content-type": "application/json" }, JSON.stringify(body));
  return { ...answer, parsed: JSON.parse(answer.text) as GraphAnswer };
}

it("is not fooled itself: what it flags would be seen in an answer", async () => {
  expect((await post({ query: "query cop { __typename }", operationName: "cop" })).parsed.data).toEqual({ __typename: "Query" });
});

it("alias overloading: 101 aliases are refused", async () => {
  const aliases = Array.from({ length: 101 }, (_, nth) => `alias${String(nth)}:__typename`).join(" ");
  const { status, parsed } = await post({ query: `query cop { ${aliases} }`, operationName: "cop" });
  expect([status, parsed.data?.["alias100"]]).toEqual([400, undefined]);
});

it("array-based batching: a list of ten operations is refused", async () => {
  const { status, parsed } = await post(Array.from({ length: 10 }, () => ({ query: "query cop { __typename }", operationName: "cop" })));
  expect([status, Array.isArray(parsed)]).toEqual([400, false]);
});

it("directive overloading: ten unknown directives are not ten errors", async () => {
  const { status, parsed } = await post({ query: `query cop { __typename ${"@aa".repeat(10)} }`, operationName: "cop" });
  expect(status).toBe(400);
  expect(parsed.errors?.length).toBeLessThan(10);
});

it("circular introspection: is not answered", async () => {
  const circle = "type { fields { ".repeat(4) + "name" + " } }".repeat(4);
  const { status, parsed } = await post({ query: `query cop { __schema { types { fields { ${circle} } } } }`, operationName: "cop" });
  expect([status, parsed.data]).toEqual([400, undefined]);
});

it("introspection: is not answered", async () => {
  const { status, parsed } = await post({ query: "query cop { __schema { types { name fields { name } } } }", operationName: "cop" });
  expect([status, parsed.data]).toEqual([400, undefined]);
});

it("GET mutations: are refused", async () => {
  const { status, text } = await send("GET", `?query=${encodeURIComponent("mutation cop { __typename }")}`, {});
  expect([400, 405]).toContain(status);
  expect(text).not.toContain("__typename");
});

it("GET queries: are refused", async () => {
  const { status, text } = await send("GET", `?query=${encodeURIComponent("query cop { __typename }")}`, {});
  expect(status).toBe(400);
  expect(text).not.toContain("__typename");
});

it("form-encoded POST: is refused", async () => {
  const type = { "content-type": "application/x-www-form-urlencoded" };
  const { status, text } = await send("POST", "", type, `query=${encodeURIComponent("query cop { __typename }")}`);
  expect(status).toBe(415);
  expect(text).not.toContain("__typename");
});

it("field duplication: 500 times the same field is refused", async () => {
  const { status, parsed } = await post({ query: `query cop { ${"__typename ".repeat(500)} }`, operationName: "cop" });
  expect([status, parsed.data]).toEqual([400, undefined]);
});

it.each(["{ __schema { directive } }", "{ artis { name } }", `{ artist(i: "1") { name } }`, `{ artist(id: "1") { nam } }`])(
  "field suggestions: nobody is helped to guess: %s",
  async (selection) => {
    const { text, parsed } = await post({ query: `query cop ${selection}`, operationName: "cop" });
    expect(parsed.errors).toBeDefined();
    expect(text).not.toMatch(/did you mean/i);
  },
);

it.each(["/graphql", "/", "/graphiql", "/playground", "/console"])("GraphiQL: is not at %s", async (path) => {
  const answer = await request(new URL(path, facade.url), { headers: { accept: "text/html" } });
  const page = await answer.body.text();
  expect(answer.headers["content-type"]).not.toMatch(/html/);
  expect(page).not.toMatch(/graphiql|playground|<html/i);
});

it("tracing and debugging: nothing is told of the inside", async () => {
  const headers = { "content-type": "application/json", "x-apollo-tracing": "1", "apollo-tracing": "1" };
  for (const query of ["query cop { __typename }", "qwerty cop { abc }", "query cop { nonsense }"]) {
    const { text } = await send("POST", "", headers, JSON.stringify({ query, operationName: "cop" }));
    const parsed = JSON.parse(text) as GraphAnswer;
    expect(parsed.extensions?.["tracing"]).toBeUndefined();
    expect(text).not.toMatch(/stacktrace|exception|node_modules| {4}at /i);
  }
});
