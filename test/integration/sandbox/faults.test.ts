import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, askExactly } from "../../support/sandbox/ask.js";
import { signedCall } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

describe("a fault on purpose", () => {
  it("delays an answer", async () => {
    sandbox.faults.add({ method: "status", fault: { kind: "delay", ms: 120 } });
    const started = performance.now();
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(115);
  });

  it("answers with the status, body and headers it was given", async () => {
    const fault = { kind: "status", status: 503, body: "<html>", contentType: "text/html", headers: { "Retry-After": "7" } } as const;
    sandbox.faults.add({ method: "artist/details", fault });
    const { status, headers, text } = await ask(sandbox.baseUrl, "artist/details?artistId=1");
    expect([status, headers["content-type"], headers["retry-after"], text]).toEqual([503, "text/html", "7", "<html>"]);
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(200);
  });

  it("cuts an answer off", async () => {
    const whole = await ask(sandbox.baseUrl, "artist/details?artistId=1");
    sandbox.faults.add({ method: "artist/details", fault: { kind: "truncate", bytes: 200 } });
    const cut = await ask(sandbox.baseUrl, "artist/details?artistId=1");
    expect(cut.status).toBe(200);
    expect(Buffer.from(cut.text)).toEqual(Buffer.from(whole.text).subarray(0, 200));
  });

  it("resets the connection", async () => {
    sandbox.faults.add({ method: "*", times: 1, fault: { kind: "reset" } });
    await expect(ask(sandbox.baseUrl, "status")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(200);
    expect(sandbox.journal.entries().map((entry) => entry.status)).toEqual([0, 200]);
  });

  it("falls as often as it was told to, and not once it is removed", async () => {
    const remove = sandbox.faults.add({ method: "status", fault: { kind: "status", status: 500 } });
    sandbox.faults.add({ method: "STATUS", times: 2, fault: { kind: "status", status: 502 } });
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(500);
    remove();
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await ask(sandbox.baseUrl, "status")).status);
    expect(statuses).toEqual([502, 502, 200]);
  });
});

describe("a fault after the method was executed", () => {
  const buy = () => signedCall(sandbox.baseUrl, "user/purchase/item?releaseId=786&trackId=6598&price=0.99", { token: "demo-token" });
  const noAnswer = () => new Promise<string>((resolve) => setTimeout(() => resolve("no answer"), 250));

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("resets the connection %s the sale", async (when, sales) => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "reset", when } });
    await expect(buy()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect([sandbox.sales.length, sandbox.journal.entries()[0]?.status]).toEqual([sales, 0]);
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("answers a status %s the sale", async (when, sales) => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "status", status: 504, body: "late", when } });
    const { status, text } = await buy();
    expect([status, text, sandbox.sales.length]).toEqual([504, "late", sales]);
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("never answers, %s the sale", async (when, sales) => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "hang", when } });
    const answer = buy();
    await expect.poll(() => [sandbox.sales.length, sandbox.journal.entries()[0]?.status]).toEqual([sales, 0]);
    expect(await Promise.race([answer, noAnswer()])).toBe("no answer");
  });

  it("is late with the answer to a sale that was made in time", async () => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "delay", ms: 1500, when: "after" } });
    const answer = buy();
    await expect.poll(() => sandbox.sales).toHaveLength(1);
    expect(await Promise.race([answer, noAnswer()])).toBe("no answer");
    expect((await answer).status).toBe(200);
  });

  it("cuts off the answer to a sale", async () => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "truncate", bytes: 60 } });
    expect(Buffer.byteLength((await buy()).text)).toBeLessThanOrEqual(60);
    expect(sandbox.sales).toHaveLength(1);
  });

  it("strikes the refusal of a call too", async () => {
    sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "reset", when: "after" } });
    await expect(ask(sandbox.baseUrl, "user/purchase/item?releaseId=1&price=1")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(sandbox.sales).toEqual([]);
  });

  it("lets a caller that hangs go when the sandbox closes", async () => {
    const own = await startSandbox();
    own.faults.add({ method: "status", fault: { kind: "hang" } });
    const hanging = ask(own.baseUrl, "status");
    const gone = expect(hanging).rejects.toThrow();
    while (own.journal.count() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await own.close();
    await gone;
  });
});

describe("the journal", () => {
  it("tells calls in order, by the document's names, without credentials", async () => {
    await ask(sandbox.baseUrl, "ARTIST/DETAILS?artistId=1&oauth_consumer_key=k&oauth_token=t&password=p");
    await ask(sandbox.baseUrl, "no/such/thing?a=1");
    expect(sandbox.journal.entries()).toEqual([
      {
        at: expect.any(Number) as number,
        verb: "GET",
        method: "artist/details",
        params: { artistId: "1" },
        secure: false,
        signed: false,
        status: 200,
      },
      expect.objectContaining({ method: "/1.2/no/such/thing", params: { a: "1" }, status: 404 }),
    ]);
  });

  it("counts calls by method and in all", async () => {
    for (const call of ["status", "status", "tag"]) await ask(sandbox.baseUrl, call);
    expect([sandbox.journal.count(), sandbox.journal.count("status"), sandbox.journal.count("artist/chart")]).toEqual([3, 2, 0]);
    sandbox.journal.clear();
    expect(sandbox.journal.count()).toBe(0);
  });
});

describe("another process", () => {
  const door = (path: string, method = "GET", body?: unknown) =>
    askExactly(`http://127.0.0.1:${sandbox.port}/_sandbox/${path}`, {
      method: method as "GET",
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });

  it("reads and clears the journal", async () => {
    await ask(sandbox.baseUrl, "status");
    expect(JSON.parse((await door("journal")).text)).toMatchObject({ total: 1, entries: [{ method: "status", status: 200 }] });
    expect((await door("journal", "DELETE")).status).toBe(204);
    expect(JSON.parse((await door("journal")).text)).toEqual({ total: 0, entries: [] });
  });

  it.each([
    { kind: "reset", when: "after" },
    { kind: "hang" },
    { kind: "hang", when: "before" },
    { kind: "status", status: 500, when: "after" },
    { kind: "delay", ms: 1, when: "after" },
    { kind: "truncate", bytes: 1 },
  ])("orders %j", async (fault) => {
    expect((await door("faults", "POST", { method: "status", fault })).status).toBe(201);
    expect(sandbox.faults.rules()).toEqual([{ method: "status", fault }]);
  });

  it("reads what the sandbox speaks TLS with", async () => {
    const { text, headers } = await door("certificate");
    expect([text, headers["content-type"]]).toEqual([await sandbox.certificate(), "text/plain; charset=utf-8"]);
    expect(text).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it("orders, reads and clears faults", async () => {
    const rule = { method: "status", times: 2, fault: { kind: "status", status: 500 } };
    expect((await door("faults", "POST", rule)).status).toBe(201);
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(500);
    expect(JSON.parse((await door("faults")).text)).toEqual({ faults: [{ ...rule, times: 1 }] });
    expect((await door("faults", "DELETE")).status).toBe(204);
    expect((await ask(sandbox.baseUrl, "status")).status).toBe(200);
  });

  it.each([
    "no json",
    { method: "status" },
    { method: "status", fault: { kind: "explode" } },
    { method: "status", times: 0, fault: { kind: "reset" } },
    { method: "status", fault: { kind: "delay", ms: -1 } },
    { method: "status", fault: { kind: "status", status: 99 } },
    { method: "status", fault: { kind: "status", status: 500, headers: { a: 1 } } },
    { method: "status", fault: { kind: "reset", when: "later" } },
    { method: "status", fault: { kind: "truncate", bytes: 9, when: "before" } },
  ])("is told that %j is no fault", async (body) => {
    expect((await door("faults", "POST", body)).status).toBe(400);
    expect(sandbox.faults.rules()).toEqual([]);
  });

  it("resets everything at once", async () => {
    sandbox.faults.add({ method: "*", fault: { kind: "status", status: 500 } });
    await ask(sandbox.baseUrl, "status");
    expect((await door("reset", "POST")).status).toBe(204);
    expect(sandbox.journal.count()).toBe(0);
    expect((await ask(sandbox.baseUrl, "status")).headers["x-ratelimit-current"]).toBe("1");
  });

  it("is no page of another origin, which could reset everything behind its visitor's back", async () => {
    await ask(sandbox.baseUrl, "status");
    const here = `127.0.0.1:${sandbox.port}`;
    const reset = (origin: string) => askExactly(`http://${here}/_sandbox/reset`, { method: "POST", headers: { origin } });
    for (const origin of ["https://evil.example", "null", `https://${here}`, "http://127.0.0.1", `http://${here}.evil.example`]) {
      expect((await reset(origin)).status, origin).toBe(403);
    }
    expect(sandbox.journal.count()).toBe(1);
    expect((await reset(`http://${here}`)).status).toBe(204);
    expect(sandbox.journal.count()).toBe(0);
  });

  it("is told which doors there are", async () => {
    const { status, text } = await door("nonsense");
    expect(status).toBe(404);
    expect(text).toContain("POST /_sandbox/faults");
  });
});
