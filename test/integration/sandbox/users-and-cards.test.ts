/** The methods of users, cards and subscriptions, as clients of 7digital call them, and the form that a card goes to. */
import { request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../../src/sandbox/accounts/model.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask } from "../../support/sandbox/ask.js";
import { countOf, refusal, signedCall, type Signer } from "../../support/sandbox/signed-call.js";
import { Visitor } from "../../support/sandbox/visitor.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => Date.now() });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const call = (path: string, signer: Signer = {}) => signedCall(sandbox.baseUrl, path, signer);
const asDemo: Signer = { token: "demo-token" };
const posted: Signer = { ...asDemo, verb: "POST" };

describe("who may call", () => {
  it.each([
    ["user/payment/card", "GET"],
    ["user/payment/card/select", "POST"],
    ["user/payment/card/delete", "POST"],
    ["user/payment/cardregistration", "POST"],
    ["user/payment/cardregistration/x", "GET"],
    ["users/1000001/update", "PUT"],
    ["user/unlimitedStreaming", "GET"],
  ] as const)("%s needs a user: a token, or userId of a partner's user", async (path, verb) => {
    expect((await call(path, { verb })).status).toBe(401);
    expect((await call(`${path}?userId=nobody`, { verb })).status).not.toBe(200);
    expect((await ask(sandbox.baseUrl, path)).status).not.toBe(200);
  });

  it.each(["user/details?userId=1000001", "users?emailAddress=demo@sandbox.test"])("%s needs a signature, and no user", async (path) => {
    expect((await ask(sandbox.baseUrl, path)).status).toBe(401);
    expect((await call(path)).status).toBe(200);
  });

  it("payment/card/type needs a key only", async () => {
    const { status, text } = await ask(sandbox.baseUrl, "payment/card/type");
    expect(status).toBe(200);
    expect(text).toContain('<cardType id="AMEX">American Express</cardType>');
  });

  it.each([
    ["user/payment/card/select?cardId=1", "GET"],
    ["user/payment/card", "POST"],
    ["users/1000001/update", "POST"],
    ["user/authenticate?emailAddress=a@b.test&password=x", "GET"],
  ] as const)("%s takes no %s", async (path, verb) => {
    expect((await call(path, { ...asDemo, verb })).status).toBe(405);
  });
});

describe("user/details, user/authenticate and users", () => {
  it("answer with the user as recorded", async () => {
    for (const [path, signer, above] of [
      ["user/details?userId=1000001", {}, "response"],
      ["user/authenticate?emailAddress=demo@sandbox.test&password=demo", { verb: "POST" }, "response"],
      ["users?emailAddress=demo@sandbox.test", {}, "response/users"],
    ] as const) {
      const { paths } = await call(path, signer);
      expect(Object.fromEntries(paths)).toMatchObject({
        [`${above}/user/@id`]: "1000001",
        [`${above}/user/type`]: "7digital",
        [`${above}/user/emailAddress`]: "demo@sandbox.test",
      });
    }
  });

  it.each([
    ["user/details?userId=invalid", {}, [400, "1002"]],
    ["user/details?userId=4874230", {}, [404, "2001"]],
    ["user/details", {}, [400, "1001"]],
    ["user/authenticate?emailAddress=demo@sandbox.test&password=no", { verb: "POST" }, [404, "2001"]],
    ["users?emailAddress=demo", {}, [400, "1002"]],
    ["users/1000005/update?password=x", { ...asDemo, verb: "PUT" }, [404, "2001"]],
    ["users/abc/update?password=x", { ...asDemo, verb: "PUT" }, [400, "1002"]],
    ["users/1000001/update?emailAddress=other@sandbox.test", { ...asDemo, verb: "PUT" }, [404, "2003"]],
  ] as const)("%s is refused", async (path, signer, expected) => {
    expect(refusal(await call(path, signer))).toEqual(expected);
  });

  it("users/{id}/update takes its parameters in the body, and its path in any case", async () => {
    const { status, text } = await call("Users/1000001/Update?emailAddress=new@sandbox.test", { ...asDemo, verb: "PUT" });
    expect([status, text.includes("new@sandbox.test")]).toEqual([200, true]);
    const inAddress = { emailAddress: "x@sandbox.test" };
    expect(refusal(await call("users/1000001/update", { ...asDemo, verb: "PUT", inAddress }))).toEqual([400, "1007"]);
    expect(sandbox.accounts.signIn("new@sandbox.test", "demo")?.id).toBe(1_000_001);
    expect(sandbox.journal.entries()).toMatchObject([{ method: "users/{id}/update" }, { method: "users/{id}/update" }]);
  });
});

describe("user/payment/card", () => {
  it("shows the cards in the recorded form, the latest first, without one that a declined payment took out of use", async () => {
    const { paths } = await call("user/payment/card", asDemo);
    expect(Object.fromEntries(paths)).toMatchObject({
      "response/cards/card/@id": "1",
      "response/cards/card/type": "VISA",
      "response/cards/card/last4digits": "1111",
      "response/cards/card/default": "true",
      "response/cards/card/cardHolderName": "A Customer",
      "response/cards/card/expiryDate": "203012",
    });
    sandbox.accounts.deactivateCard(sandbox.accounts.user(1_000_001) as User, 1);
    expect(countOf(await call("user/payment/card", asDemo), "card")).toBe(0);
    expect(refusal(await call("user/payment/card/select?cardId=1", posted))).toEqual([404, "2001"]);
  });

  it.each(["select", "delete"])("/%s answers with nothing, and knows no card of another user", async (action) => {
    const { status, text } = await call(`user/payment/card/${action}?cardId=1`, posted);
    expect([status, /<response[^>]*status="ok"[^>]*(?:\/>|>\s*<\/response>)/.test(text)]).toEqual([200, true]);
    expect(refusal(await call(`user/payment/card/${action}?cardId=5`, posted))).toEqual([404, "2001"]);
    expect(refusal(await call(`user/payment/card/${action}`, posted))).toEqual([400, "1001"]);
  });

  it("/add is not answered: only numbers of test cards are ever entered here", async () => {
    expect((await call("user/payment/card/add?cardNumber=4444333322221111", posted)).status).toBe(404);
  });
});

describe("a card registration", () => {
  it("can be tried by a person with a browser, without a form of one's own", async () => {
    const { paths } = await call("user/payment/cardregistration?redirectUrl=https://shop.example/back", posted);
    const id = paths.get("response/cardRegistration/@id") ?? "";
    const address = `http://127.0.0.1:${sandbox.port}/cardregistration/${id}`;
    const page = await new Visitor().get(address);
    expect(page.text).toContain("<code>4444333322221111</code>");
    const body = "cardNumber=4444+3333+2222+1111&cardHolderName=Bob&cardExpiryMonth=01&cardExpiryYear=2031&cardVerificationCode=123";
    const sent = await request(address, { method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded" } });
    expect([sent.statusCode, sent.headers["location"]]).toEqual([302, `https://shop.example/back?cardRegistrationId=${id}`]);
    const { paths: done } = await call(`user/payment/cardregistration/${id}`, asDemo);
    expect(Object.fromEntries(done)).toMatchObject({
      "response/cardRegistration/@status": "complete",
      "response/cardRegistration/card/cardholderName": "Bob",
      "response/cardRegistration/card/expiryDate": "203101",
    });
    expect(JSON.stringify(sandbox.journal.entries())).not.toMatch(/4444|Bob/);
  });

  it("belongs to the caller alone, and none is known by another ID", async () => {
    const { paths } = await call("user/payment/cardregistration?redirectUrl=https://shop.example/", posted);
    const id = paths.get("response/cardRegistration/@id") ?? "";
    expect(refusal(await call(`user/payment/cardregistration/${id}`, { token: "other-token" }))).toEqual([404, "2001"]);
    expect(refusal(await call("user/payment/cardregistration/none", asDemo))).toEqual([404, "2001"]);
    expect((await request(`http://127.0.0.1:${sandbox.port}/cardregistration/none`)).statusCode).toBe(404);
    expect((await request(`http://127.0.0.1:${sandbox.port}/cardregistration/${id}`, { method: "PUT" })).statusCode).toBe(405);
  });

  it("leads nowhere but to an address", async () => {
    expect(refusal(await call("user/payment/cardregistration?redirectUrl=javascript:alert(1)", posted))).toEqual([400, "1002"]);
  });
});

describe("user/unlimitedStreaming", () => {
  const report =
    "user/unlimitedStreaming?userId=partner-user&planCode=premium-unlimited-streaming&status=active&currency=GBP&recurringFee=10" +
    "&activatedAt=2021-06-08T16:03:06Z&currentPeriodStartDate=2021-06-08T16:03:06Z&expiryDate=2021-06-23T16:03:06Z";

  it("keeps what a partner reports", async () => {
    expect((await call(report, { verb: "POST" })).text).toContain("<level>premium</level>");
    expect((await call("user/unlimitedStreaming?userId=partner-user")).text).toContain("<expiryDate>2021-06-23T16:03:06Z</expiryDate>");
  });

  it.each([
    [["planCode=premium", "planCode=x"], "1002"],
    [["&planCode=premium-unlimited-streaming", ""], "1001"],
    [["recurringFee=10", "recurringFee=ten"], "1002"],
    [["currency=GBP", "currency=pounds"], "1002"],
    [["2021-06-08T16:03:06Z", "2021-06-08"], "1002"],
    [["activatedAt=2021", "activatedAt=2098"], "1002"],
    [["currentPeriodStartDate=2021", "currentPeriodStartDate=2020"], "1002"],
    [["status=active", "status=paused"], "1006"],
    [["currency=GBP", "currency=GBP&trialEndsAt=2021-07-08T16:03:06Z"], "1002"],
  ] as const)("refuses a report with %j", async ([from, to], code) => {
    expect(report).toContain(from);
    expect(refusal(await call(report.replace(from, to), { verb: "POST" }))).toEqual([400, code]);
  });
});
