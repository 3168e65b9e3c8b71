/** What the profiles `open` and `locked` let a stranger do, and the operator's own servers. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";
import { ask, expectToWork, post, typename } from "../support/raw-client.js";

const secrets = { OPERATOR_SECRET: "the-secret-of-the-operator", GATEWAY_SECRET: "the-secret-of-the-gateway" };
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

let open: Facade;
let locked: Facade;

beforeAll(async () => {
  open = await startFacade({ environment: { PROFILE: "open", ...secrets } });
  locked = await startFacade({ environment: { PROFILE: "locked", ...secrets } });
});
afterAll(async () => {
  await open.close();
  await locked.close();
});
afterEach(async () => {
  await expectToWork(open);
  await expectToWork(locked);
});

describe("a query by GET", () => {
  const path = `/graphql?query=${typename}`;

  it("A36: is answered in the profile open", async () => {
    expect((await ask(open, { path })).status).toBe(200);
  });

  it.each(["x-graphql-yoga-csrf", "apollo-require-preflight", "x-apollo-operation-name", "graphql-require-preflight"])(
    "A36: is answered in the profile locked with %s, which no page sends without a preflight",
    async (name) => {
      expect((await ask(locked, { path, headers: { [name]: "1" } })).status).toBe(200);
      expect((await ask(locked, { path, headers: { [name]: "" } })).status).toBe(400);
    },
  );

  it.each([
    ["nothing else", {}],
    ["a header that pages send", { accept: "application/json", "accept-language": "en" }],
    ["a type of body", { "content-type": "application/json" }],
    ["a wrong secret", { "x-7d-operator-secret": "wrong", "x-7d-gateway-secret": "wrong" }],
  ])("A36: is refused in the profile locked with %s", async (_what, headers) => {
    const { status, body } = await ask(locked, { path, headers });
    expect([status, JSON.parse(body)]).toMatchObject([400, { errors: [{ extensions: { code: "BAD_REQUEST" } }] }]);
    expect(body).not.toContain("Query");
  });

  it("A36: is refused where its parameters begin with a second question mark, which is read in more ways than one", async () => {
    const { status } = await ask(locked, { path: path.replace("?", "??") });
    expect(status).toBe(400);
  });

  it("A36: is answered in the profile locked to the operator's own servers", async () => {
    for (const headers of [{ "x-7d-operator-secret": secrets.OPERATOR_SECRET }, { "x-7d-gateway-secret": secrets.GATEWAY_SECRET }]) {
      expect((await ask(locked, { path, headers })).status).toBe(200);
    }
  });

  it("A36: without a document is left to those who know persisted ones", async () => {
    const { body } = await ask(locked, { path: "/graphql?operationName=A" });
    expect(body).toMatch(/^\{"errors":/);
    expect(body).not.toContain("graphql-require-preflight");
  });
});

describe("GraphiQL", () => {
  const paths = ["/graphql", "/graphiql", "/graphiql/", "/", "/playground"];

  it("A45: is not there in the profile locked", async () => {
    for (const path of paths) {
      for (const method of ["GET", "HEAD"]) {
        const { headers, body } = await ask(locked, { path, method, headers: html });
        expect(headers["content-type"]).not.toMatch(/html/);
        expect(body).not.toMatch(/graphiql|<script/i);
      }
    }
  });

  it("A45: comes from here alone in the profile open, with a policy that holds it to that", async () => {
    const { status, headers, body } = await ask(open, { path: "/graphql", headers: html });
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(body).not.toMatch(/https?:|\/\/[a-z]/i);
    const policy = headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });
});

it("A65: is not changed by NODE_ENV", async () => {
  const before = process.env["NODE_ENV"];
  const answersIn = async (environment: string) => {
    process.env["NODE_ENV"] = environment;
    const facade = await startFacade({ environment: { PROFILE: "locked" } });
    const answers = [
      await ask(facade, { path: `/graphql?query=${typename}` }),
      await ask(facade, { path: "/graphql", headers: html }),
      await post(facade, "{"),
      await post(facade, { query: "{ nonsense }" }),
    ];
    await facade.close();
    return answers.map(({ status, body }) => ({ status, body }));
  };
  try {
    expect(await answersIn("development")).toEqual(await answersIn("production"));
  } finally {
    process.env["NODE_ENV"] = before;
  }
});
