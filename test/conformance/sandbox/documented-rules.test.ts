/** The rules of docs/sandbox.md: each is accepted, and each changes what a client gets. */

import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { FaultRule } from "../../../src/sandbox/faults/faults.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { askExactly, type ApiAnswer } from "../../support/sandbox/ask.js";
import { signedCall } from "../../support/sandbox/signed-call.js";

const page = readFileSync(new URL("../../../docs/sandbox.md", import.meta.url), "utf8");
const rules = [...page.matchAll(/`(\{"method":.*?\})` *\|/g)].map(([, json = ""]) => json);

const track = "releaseId=786&trackId=6598&price=0.99";
const zero = "basketId=00000000-0000-0000-0000-000000000000";

/** A call that each rule of the method falls on; what a rule names in `params` is added. */
const calls: Readonly<Record<string, string>> = {
  "release/chart": "",
  "track/search": "q=happy",
  "artist/releases": "artistId=1",
  "artist/similar": "artistId=1",
  "artist/details": "artistId=1",
  "release/bytag/top": "tags=rock",
  "editorial/list": "key=featured_albums",
  "release/tracks": "releaseId=155408",
  "release/details": "releaseId=155408",
  basket: "",
  "user/locker": "",
  "user/purchase/item": track,
  "user/purchase/basket": zero,
};

const nowMs = Date.UTC(2026, 4, 17, 12);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function answer({ method, params = {} }: FaultRule): Promise<ApiAnswer> {
  const usual = new URLSearchParams(calls[method]);
  const query = new URLSearchParams({ ...Object.fromEntries(usual), ...params });
  return signedCall(sandbox.baseUrl, `${method}?${query}`, { token: "demo-token", nowMs });
}

/** Without what differs from call to call: links are signed anew, and a signature is now longer, now shorter. */
function steady({ status, headers, text }: ApiAnswer): unknown {
  const steadyHeaders = { ...headers, "x-ratelimit-current": "", "content-length": "" };
  return { status, steadyHeaders, text: text.replaceAll(/oauth_(nonce|signature)=[^&]*/g, "") };
}

it("there are rules for every kind of trouble", () => {
  expect(rules.length).toBeGreaterThanOrEqual(55);
  expect(Object.keys(calls)).toEqual(expect.arrayContaining(rules.map((json) => (JSON.parse(json) as FaultRule).method)));
  // Each stands between single quotes in a shell.
  expect(rules.filter((json) => json.includes("'"))).toEqual([]);
});

describe("the rule", () => {
  it.each(rules)("%s", async (json) => {
    const rule = JSON.parse(json) as FaultRule;
    const before = await answer(rule);
    expect([before.status, before.text]).toEqual([200, expect.stringContaining('status="ok"')]);
    sandbox.reset();
    expect(steady(await answer(rule))).toEqual(steady(before));
    sandbox.reset();
    const { status, text } = await askExactly(`http://127.0.0.1:${sandbox.port}/_sandbox/faults`, { method: "POST", body: json });
    expect([status, text]).toEqual([201, expect.stringContaining(rule.method)]);
    expect(steady(await answer(rule))).not.toEqual(steady(before));
  });
});
