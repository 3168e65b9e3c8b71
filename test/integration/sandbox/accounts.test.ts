import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Accounts, User } from "../../../src/sandbox/accounts/model.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask } from "../../support/sandbox/ask.js";
import { denial, refusal, signedCall, type Signer } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
let accounts: Accounts;
beforeAll(async () => {
  sandbox = await startSandbox();
  ({ accounts } = sandbox);
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const asConsumer = (call: string, signer: Signer = {}) => signedCall(sandbox.baseUrl, call, signer);

function known(token: string): User {
  const found = accounts.accessToken(token);
  if (found === undefined) throw new Error(`Nobody has the token ${token}`);
  return found.user;
}

describe("the users a sandbox starts with", () => {
  it.each([
    ["demo", "good", 12],
    ["expired-card", "expired", 0],
    ["no-card", undefined, 0],
    ["declined-card", "declined", 0],
    ["other", "good", 13],
  ])("%s has a token, a password, a card that is %s, and %i tracks", (name, kind, tracks) => {
    const user = known(`${name}-token`);
    expect(accounts.accessToken(`${name}-token`)?.secret).toBe(`${name}-token-secret`);
    expect(accounts.signIn(`${name}@sandbox.test`, "demo")).toEqual(user);
    expect(accounts.cardsOf(user)[0]?.kind).toBe(kind);
    expect(accounts.lockerOf(user)).toHaveLength(tracks);
  });

  it("partner-user is known by the partner's identifier alone", () => {
    const user = accounts.userOfPartner("partner-user");
    expect(user).toMatchObject({ partnerUserId: "partner-user", emailAddress: "" });
    expect(accounts.signIn("", "demo")).toBeUndefined();
    expect(accounts.cardsOf(user as User)[0]?.kind).toBe("good");
  });

  it("are back after a reset, with nothing that came since", async () => {
    const demo = known("demo-token");
    accounts.revoke("demo-token");
    accounts.removeCard(demo, accounts.cardsOf(demo)[0]?.id ?? 0);
    accounts.deliver(demo, [{ releaseId: 1, trackId: 456, wholeRelease: false }], { country: "GB", shopId: null }, 0);
    const added = accounts.signUp("new@sandbox.test", "secret");
    sandbox.reset();
    expect(known("demo-token")).toEqual(demo);
    expect([accounts.cardsOf(demo).length, accounts.lockerOf(demo).length, accounts.user(added.id)]).toEqual([1, 12, undefined]);
    expect((await asConsumer("user/signup?emailAddress=new@sandbox.test&password=x", { verb: "POST" })).status).toBe(200);
  });

  it("sign in with their address in any case, and with their own password only", () => {
    expect(accounts.signIn(" Demo@Sandbox.test ", "demo")?.id).toBe(known("demo-token").id);
    expect(accounts.signIn("demo@sandbox.test", "Demo")).toBeUndefined();
    expect(accounts.signIn("nobody@sandbox.test", "demo")).toBeUndefined();
  });
});

describe("cards", () => {
  const card = { type: "Visa", lastFourDigits: "4242", cardHolderName: "D", expiryDate: "203001", kind: "good" } as const;
  const defaults = (user: User) => accounts.cardsOf(user).map(({ lastFourDigits, isDefault }) => [lastFourDigits, isDefault]);

  it("a new one comes first and becomes the default", () => {
    const user = known("demo-token");
    expect(accounts.addCard(user, card)).toMatchObject({ ...card, isDefault: true, active: true });
    expect(defaults(user)).toEqual([
      ["4242", true],
      ["1111", false],
    ]);
  });

  it("another is the default once it is selected, and takes the place of a default that is removed", () => {
    const user = known("demo-token");
    const [old] = accounts.cardsOf(user);
    const added = accounts.addCard(user, card);
    accounts.selectCard(user, old?.id ?? 0);
    expect(defaults(user)).toEqual([
      ["4242", false],
      ["1111", true],
    ]);
    accounts.removeCard(user, old?.id ?? 0);
    expect(accounts.cardsOf(user)).toEqual([added]);
  });

  it("one that is out of use is no default and cannot be selected", () => {
    const user = known("demo-token");
    const id = accounts.cardsOf(user)[0]?.id ?? 0;
    accounts.deactivateCard(user, id);
    accounts.selectCard(user, id);
    expect(accounts.cardsOf(user)).toMatchObject([{ isDefault: false, active: false }]);
  });
});

describe("new users", () => {
  it("user/signup: makes an account that can sign in and owns nothing", async () => {
    const { status, paths } = await asConsumer("user/signup?emailAddress=ann@example.test&password=pw&country=GB", { verb: "POST" });
    expect([status, paths.get("response/user/type"), paths.get("response/user/emailAddress")]).toEqual([
      200,
      "7digital",
      "ann@example.test",
    ]);
    const user = accounts.signIn("ann@example.test", "pw") as User;
    expect(paths.get("response/user/@id")).toBe(String(user.id));
    expect([accounts.cardsOf(user), accounts.lockerOf(user)]).toEqual([[], []]);
  });

  it.each([
    ["emailAddress=DEMO@sandbox.test&password=x", 404, "2003"],
    ["emailAddress=nonsense&password=x", 400, "1002"],
    ["password=x", 400, "1001"],
    ["emailAddress=a@b.test", 400, "1001"],
  ])("user/signup: %s is refused", async (parameters, status, code) => {
    expect(refusal(await asConsumer(`user/signup?${parameters}`, { verb: "POST" }))).toEqual([status, code]);
  });

  it("user/signup: is a POST and nothing else", async () => {
    const { status, headers } = await asConsumer("user/signup?emailAddress=a@b.test&password=x");
    expect([status, headers["allow"]]).toEqual([405, "POST"]);
  });

  it("user/create: makes a user of the partner's, once", async () => {
    const { paths } = await asConsumer("user/create?userId=customer-7&emailAddress=c7@example.test");
    const user = accounts.userOfPartner("customer-7");
    expect([paths.get("response/user/@id"), paths.get("response/user/emailAddress")]).toEqual([String(user?.id), "c7@example.test"]);
    expect(refusal(await asConsumer("user/create?userId=customer-7"))).toEqual([404, "2003"]);
    expect((await asConsumer("user/locker?userId=customer-7")).paths.get("response/locker/lockerReleases/totalItems")).toBe("0");
  });
});

describe("a method that wants a user", () => {
  const denied = "OAuth authentication error: Access to resource denied";

  it("takes the user of the token", async () => {
    const { paths } = await asConsumer("user/locker", { token: "demo-token" });
    expect(paths.get("response/locker/lockerReleases/totalItems")).toBe("3");
  });

  it("takes the partner's user whom userId names, where there is no token", async () => {
    const { paths } = await asConsumer("user/locker?userId=partner-user");
    expect(paths.get("response/locker/lockerReleases/lockerRelease/release/@id")).toBe("10147");
  });

  it("does not let userId change whose token it is", async () => {
    const { paths } = await asConsumer("user/locker?userId=partner-user", { token: "demo-token" });
    expect(paths.get("response/locker/lockerReleases/totalItems")).toBe("3");
  });

  it("does not know every userId", async () => {
    expect(refusal(await asConsumer("user/locker?userId=nobody"))).toEqual([404, "2001"]);
  });

  it("refuses a call for nobody, a request token, an unknown token and a wrong secret", async () => {
    expect(refusal(await asConsumer("user/locker"))).toEqual([401, denied]);
    expect(refusal(await asConsumer("user/locker", accounts.issueRequestToken(null)))).toEqual([401, denied]);
    const keyAlone = await ask(sandbox.baseUrl, "user/locker");
    expect([keyAlone.status, keyAlone.text]).toEqual([401, "OAuth authentication error: Resource requires access token"]);
    const unknown = { token: "nobodys-token" };
    expect(denial(await asConsumer("user/locker", unknown))).toEqual([401, denied, "Unknown token"]);
    const wrong = { token: "demo-token", secret: "other-token-secret" };
    expect(denial(await asConsumer("user/locker", wrong))).toEqual([401, denied, "Invalid signature"]);
  });
});

it("the journal keeps nothing that names a person or opens anything", async () => {
  await asConsumer("user/signup?emailAddress=canary@example.test&password=canary-password&country=GB", { verb: "POST" });
  await asConsumer("user/locker?userId=canary-user&page=1");
  await asConsumer("oauth/requestToken/authorise?username=canary-name&password=canary-password&token=canary-token");
  await asConsumer("oauth/requesttoken?xoauth_client_identifier=canary-device");
  await asConsumer("basket/applyVoucher?basketId=00000000-0000-0000-0000-000000000000&voucherCode=canary-voucher");
  expect(JSON.stringify(sandbox.journal.entries())).not.toContain("canary");
  expect(sandbox.journal.entries().map(({ params }) => Object.keys(params))).toEqual([["country"], ["page"], [], [], ["basketId"]]);
});
