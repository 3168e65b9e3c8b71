/** Users' accounts: who may see and change them, and that addresses and passwords are told to nobody else. `startFacade` looks for the address
 *  and the password in logs, traces, metrics and errors. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
const demo = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
const password = "correct horse";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-secret-of-the-operator" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

const account = "{ userId type emailAddress }";
const demoAccount = { userId: "1000001", type: "7digital", emailAddress: "demo@sandbox.test" };

async function ask(document: string, variables: object = {}, headers: Readonly<Record<string, string>> = operator): Promise<unknown> {
  const { data, errors } = await facade.query(document, variables, headers);
  expect(errors).toBeUndefined();
  return data;
}

describe("an account", () => {
  const byId = `query ($id: ID!) { user(userId: $id) ${account} }`;

  it("user/details: is found by 7digital's ID or the partner's", async () => {
    expect(await ask(byId, { id: "1000001" })).toEqual({ user: demoAccount });
    expect(await ask(byId, { id: "partner-user" })).toEqual({ user: { userId: "1000006", type: "partner", emailAddress: null } });
    expect(await ask(byId, { id: "4874230" })).toEqual({ user: null });
    expect(await ask(byId, { id: "nobody" })).toEqual({ user: null });
    expect(facade.calls()).toEqual(["user/details", "user/details", "user/details", "user/details"]);
  });

  it("is not asked for by what is no ID", async () => {
    facade.calls();
    const { errors } = await facade.query(byId, { id: "a b" }, operator);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "userId" } }]);
    expect(facade.calls()).toEqual([]);
  });

  it("may lack what an early response lacked", async () => {
    const stop = answerWith(facade, "user/details", "<user><emailAddress>a@example.test</emailAddress></user>");
    expect(await ask(byId, { id: "1" })).toEqual({ user: { userId: null, type: null, emailAddress: "a@example.test" } });
    stop();
  });

  it("is the viewer's own where a partner manages the user, and costs nothing for others", async () => {
    const own = `{ viewer { account ${account} } }`;
    await ask(`mutation { userCreate(input: { userId: "user-42", emailAddress: "user-42@sandbox.test" }) { userId } }`);
    facade.calls();
    expect(await ask(own, {}, { ...operator, "x-7d-user-id": "user-42" })).toEqual({
      viewer: { account: { userId: "1000101", type: "partner", emailAddress: "user-42@sandbox.test" } },
    });
    expect(await ask(own, {}, { ...operator, "x-7d-user-id": "never-created" })).toEqual({ viewer: { account: null } });
    expect(facade.calls()).toEqual(["user/details", "user/details"]);
    expect(await ask(own, {}, { ...operator, ...demo })).toEqual({ viewer: { account: null } });
    expect(facade.calls()).toEqual([]);
  });

  it("users: is found by e-mail address, which is in no cache", async () => {
    const byAddress = `query ($address: String!) { users(emailAddress: $address) ${account} }`;
    expect(await ask(byAddress, { address: "DEMO@sandbox.test" })).toEqual({ users: [demoAccount] });
    expect(await ask(byAddress, { address: "nobody@sandbox.test" })).toEqual({ users: [] });
    expect(await ask(byAddress, { address: "DEMO@sandbox.test" })).toEqual({ users: [demoAccount] });
    expect(facade.calls()).toEqual(["users", "users", "users"]);
    const { errors } = await facade.query(byAddress, { address: "demo" }, operator);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "emailAddress" } }]);
  });
});

const failure = "userErrors { __typename code field message ... on InputError { upstreamMessage } }";

describe("a password", () => {
  const document = `mutation ($input: UserAuthenticateInput!) { checked: userAuthenticate(input: $input) { account ${account} ${failure} } }`;
  const check = (input: object) => ask(document, { input });

  it("user/authenticate: says who it belongs to, and is in no address", async () => {
    facade.sandbox.accounts.signUp("new@sandbox.test", password);
    expect(await check({ emailAddress: "new@sandbox.test", password })).toEqual({
      checked: { account: { userId: "1000101", type: "7digital", emailAddress: "new@sandbox.test" }, userErrors: [] },
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/authenticate", verb: "POST", signed: true }]);
  });

  it("that is wrong is the user's to correct, and is sent once", async () => {
    const message = "7digital knows no user with this e-mail address and password.";
    expect(await check({ emailAddress: "demo@sandbox.test", password })).toEqual({
      checked: { account: null, userErrors: [{ __typename: "OperationError", code: "UNAUTHENTICATED", field: null, message }] },
    });
    expect(facade.calls()).toEqual(["user/authenticate"]);
  });

  it("is not repeated where 7digital repeats it", async () => {
    const body = `<response status="error" version="1.2"><error code="1002"><errorMessage>bad: ${password}</errorMessage></error></response>`;
    facade.sandbox.faults.add({ method: "user/authenticate", fault: { kind: "status", status: 400, body, contentType: "text/xml" } });
    const checked = await check({ emailAddress: "demo@sandbox.test", password });
    expect(checked).toMatchObject({ checked: { account: null, userErrors: [{ code: "INVALID", upstreamMessage: null }] } });
    expect(JSON.stringify(checked)).not.toContain(password);
  });

  it("is not sent again when 7digital fails", async () => {
    facade.sandbox.faults.add({ method: "user/authenticate", fault: { kind: "status", status: 503, body: "" } });
    const { errors } = await facade.query(document, { input: { emailAddress: "demo@sandbox.test", password } }, operator);
    expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
    expect(facade.calls()).toEqual(["user/authenticate"]);
  });

  it.each([
    [{ emailAddress: "demo", password }, "emailAddress"],
    [{ emailAddress: "demo@sandbox.test", password: "" }, "password"],
  ])("is not sent with what cannot be right", async (input, field) => {
    facade.calls();
    expect(await check(input)).toMatchObject({ checked: { account: null, userErrors: [{ code: "INVALID", field: [field] }] } });
    expect(facade.calls()).toEqual([]);
  });
});

describe("a change of an account", () => {
  const document = `mutation ($input: UserUpdateInput!) { updated: userUpdate(input: $input) { account ${account} ${failure} } }`;
  const update = (input: object, headers: Readonly<Record<string, string>> = { ...operator, ...demo }) => ask(document, { input }, headers);

  it("users/{id}/update: is a PUT for the signed-in user, with everything in its body", async () => {
    expect(await update({ userId: "1000001", emailAddress: "moved@sandbox.test", password })).toEqual({
      updated: { account: { ...demoAccount, emailAddress: "moved@sandbox.test" }, userErrors: [] },
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "users/{id}/update", verb: "PUT", signed: true }]);
    expect(facade.sandbox.accounts.signIn("moved@sandbox.test", password)?.id).toBe(1_000_001);
    expect(facade.sandbox.accounts.signIn("demo@sandbox.test", "demo")).toBeUndefined();
  });

  it("changes only what is given", async () => {
    await update({ userId: "1000001", password });
    expect(facade.sandbox.accounts.signIn("demo@sandbox.test", password)?.id).toBe(1_000_001);
    await update({ userId: "1000001", emailAddress: "moved@sandbox.test" });
    expect(facade.sandbox.accounts.signIn("moved@sandbox.test", password)?.id).toBe(1_000_001);
  });

  it("is not made of another user, nor to another user's address", async () => {
    expect(await update({ userId: "1000005", password })).toMatchObject({
      updated: { account: null, userErrors: [{ code: "NOT_FOUND", field: ["userId"] }] },
    });
    expect(await update({ userId: "1000001", emailAddress: "other@sandbox.test" })).toMatchObject({
      updated: { account: null, userErrors: [{ code: "ALREADY_EXISTS", field: ["emailAddress"] }] },
    });
    expect(facade.sandbox.accounts.signIn("other@sandbox.test", "demo")?.id).toBe(1_000_005);
  });

  it("is sent once when 7digital fails, and needs a user", async () => {
    facade.sandbox.faults.add({ method: "users/{id}/update", fault: { kind: "reset" } });
    const input = { userId: "1000001", password };
    const failed = await facade.query(document, { input }, { ...operator, ...demo });
    expect(failed.errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
    expect(facade.calls()).toEqual(["users/{id}/update"]);
    const { errors } = await facade.query(document, { input }, operator);
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(facade.calls()).toEqual([]);
  });

  it.each([
    [{ userId: "..", password }, ["userId"]],
    [{ userId: "1000001" }, null],
    [{ userId: "1000001", emailAddress: "moved" }, ["emailAddress"]],
    [{ userId: "1000001", password: "" }, ["password"]],
  ])("is not sent where the input is wrong: %#", async (input, field) => {
    facade.calls();
    expect(await update(input)).toMatchObject({ updated: { account: null, userErrors: [{ code: "INVALID", field }] } });
    expect(facade.calls()).toEqual([]);
  });
});

it.each([
  `{ user(userId: "1000001") ${account} }`,
  `{ users(emailAddress: "demo@sandbox.test") ${account} }`,
  `mutation { userAuthenticate(input: { emailAddress: "demo@sandbox.test", password: "${password}" }) { account ${account} } }`,
  `mutation { userUpdate(input: { userId: "1000001", password: "${password}" }) { account ${account} } }`,
])("is for the operator's own servers only: %#", async (document) => {
  facade.calls();
  const { errors } = await facade.query(document, {}, {});
  expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
  expect(facade.calls()).toEqual([]);
});
