/** Making users, which only an operator may. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-secret-of-the-operator" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

const fields = "{ userId userErrors { __typename code field message ... on InputError { upstreamCode upstreamMessage } } }";
const create = `mutation ($userId: ID!, $emailAddress: String) { made: userCreate(input: { userId: $userId, emailAddress: $emailAddress }) ${fields} }`;
const signUp = `mutation ($emailAddress: String!, $password: String!) {
  made: userSignUp(input: { emailAddress: $emailAddress, password: $password }) ${fields}
}`;

async function make(document: string, variables: object): Promise<unknown> {
  const { data, errors } = await facade.query<{ made: unknown }>(document, variables, operator);
  expect(errors).toBeUndefined();
  return data.made;
}

function refusal(field: string | null, code: string, message: string, upstreamCode: number | null = null) {
  const error = { __typename: "InputError", code, field: field === null ? null : [field], message, upstreamCode, upstreamMessage: null };
  return { userId: null, userErrors: [error] };
}

describe("a user whom the partner manages", () => {
  it("user/create: is made behind the partner's own identifier, and can be named by it", async () => {
    const made = await make(create, { userId: "user-42/~", emailAddress: "ann@shop.example" });
    expect(made).toEqual({ userId: "user-42/~", userErrors: [] });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/create", verb: "GET", signed: true }]);
    expect(facade.sandbox.accounts.userOfPartner("user-42/~")).toMatchObject({ emailAddress: "ann@shop.example" });
    const { data } = await facade.query("{ viewer { __typename } }", {}, { ...operator, "x-7d-user-id": "user-42/~" });
    expect(data).toEqual({ viewer: { __typename: "Viewer" } });
  });

  it("needs no address", async () => {
    expect(await make(create, { userId: "user-43" })).toEqual({ userId: "user-43", userErrors: [] });
    expect(facade.sandbox.accounts.userOfPartner("user-43")).toMatchObject({ emailAddress: "" });
  });

  it("is not made twice", async () => {
    await make(create, { userId: "user-44" });
    expect(await make(create, { userId: "user-44" })).toEqual(
      refusal("userId", "ALREADY_EXISTS", "There is a user with this identifier already.", 2003),
    );
  });

  it("is not made by an identifier that could not be sent in a header, nor with an address that is none", async () => {
    facade.calls();
    const message = "`userId` has from 1 to 255 printable ASCII characters without spaces.";
    for (const userId of ["", "a b", "ä", "a\nb", "a".repeat(256)]) {
      expect(await make(create, { userId })).toEqual(refusal("userId", "INVALID", message));
    }
    const wrong = refusal("emailAddress", "INVALID", "`emailAddress` is no e-mail address.");
    expect(await make(create, { userId: "user-45", emailAddress: "ann" })).toEqual(wrong);
    expect(facade.calls()).toEqual([]);
  });
});

describe("a user of 7digital's own", () => {
  it("user/signup: is made with a password, which stands in no URL", async () => {
    const made = await make(signUp, { emailAddress: "ann@shop.example", password: "p&ss wörd" });
    expect(made).toEqual({ userId: "1000101", userErrors: [] });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/signup", verb: "POST", signed: true }]);
    expect(facade.sandbox.accounts.signIn("ann@shop.example", "p&ss wörd")?.id).toBe(1_000_101);
  });

  it("is not made twice", async () => {
    const message = "There is a user with this e-mail address already.";
    expect(await make(signUp, { emailAddress: "demo@sandbox.test", password: "secret" })).toEqual(
      refusal("emailAddress", "ALREADY_EXISTS", message, 2003),
    );
  });

  it("is not made with an address that is none, nor without a password", async () => {
    facade.calls();
    const noAddress = refusal("emailAddress", "INVALID", "`emailAddress` is no e-mail address.");
    for (const emailAddress of ["", "ann", "ann@", "a b@c", `${"a".repeat(250)}@b.example`]) {
      expect(await make(signUp, { emailAddress, password: "secret" })).toEqual(noAddress);
    }
    expect(await make(signUp, { emailAddress: "ann@shop.example", password: "" })).toEqual(
      refusal("password", "INVALID", "`password` is empty."),
    );
    expect(facade.calls()).toEqual([]);
  });

  it("is refused by 7digital for reasons it gives by number only, for its text may repeat what was sent", async () => {
    const body = '<response status="error" version="1.2"><error code="1002"><errorMessage>bad: hunter2</errorMessage></error></response>';
    facade.sandbox.faults.add({ method: "user/signup", fault: { kind: "status", status: 400, body, contentType: "text/xml" } });
    const message = "7digital rejected the input with error 1002, and nothing was done. Check the values.";
    expect(await make(signUp, { emailAddress: "ann@shop.example", password: "hunter2" })).toEqual(refusal(null, "INVALID", message, 1002));
  });
});
