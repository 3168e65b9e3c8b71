/** A packed answer is the same answer, older. */
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { lifetimeOf } from "../../../../src/upstream/cache/policy.js";
import { pack, unpack } from "../../../../src/upstream/cache/packed-answer.js";
import type { WireAnswer } from "../../../../src/upstream/pipeline.js";
import { textOf } from "../../../../src/upstream/wire/body-text.js";

const xml = "<response status='ok'><artist id='1'><name>Bj\u00f6rk</name></artist></response>\n";
const answeredAtMs = Date.UTC(2026, 10, 29, 12);

function answer(headers: Readonly<Record<string, string>>, received = gzipSync(xml)): WireAnswer {
  const all: Readonly<Record<string, string>> = { "content-encoding": "gzip", "content-type": "text/xml; charset=utf-8", ...headers };
  return { httpStatus: 200, header: (name) => all[name], received, body: "", fault: undefined, endsWithConnection: false };
}

function packed(headers: Readonly<Record<string, string>>, tookMs = 0): Buffer {
  return pack(answer(headers), { askedAtMs: answeredAtMs - tookMs, answeredAtMs });
}

function freshMsAfter(bytes: Buffer, afterMs: number): number | undefined {
  const nowMs = answeredAtMs + afterMs;
  const again = unpack(bytes, { maxBytes: 10_000, nowMs });
  return again && lifetimeOf(again.header, { askedAtMs: nowMs, answeredAtMs: nowMs })?.freshMs;
}

it("has its status and text, and only the headers that say how to read and cache it", () => {
  const again = unpack(packed({ "set-cookie": "secret", "x-ratelimit-limit": "4000" }), { maxBytes: 10_000, nowMs: answeredAtMs });
  expect([again?.httpStatus, again && textOf(again.body), again?.fault]).toEqual([200, xml, undefined]);
  expect(packed({ "set-cookie": "secret", "x-ratelimit-limit": "4000" }).toString("latin1")).not.toMatch(/secret|ratelimit/);
});

it.each([
  ["max-age", { "cache-control": "max-age=600" }, 0, 600_000],
  ["max-age, and an age", { "cache-control": "max-age=600", age: "100" }, 0, 500_000],
  ["max-age of an answer that took long", { "cache-control": "max-age=600" }, 20_000, 580_000],
  ["Expires and Date", { expires: "Sun, 29 Nov 2026 12:10:00 GMT", date: "Sun, 29 Nov 2026 12:00:00 GMT" }, 0, 600_000],
  ["Expires alone", { expires: "Sun, 29 Nov 2026 12:10:00 GMT" }, 0, 600_000],
  ["nothing: a minute", {}, 0, 60_000],
])("is fresh for what is left of its lifetime: %s", (_what, headers, tookMs, leftMs) => {
  const bytes = packed(headers, tookMs);
  expect(freshMsAfter(bytes, 0)).toBe(leftMs);
  expect(freshMsAfter(bytes, 30_000)).toBe(leftMs - 30_000);
  // A part of a second counts as a second.
  expect(freshMsAfter(bytes, 30_001)).toBe(leftMs - 31_000);
  expect(freshMsAfter(bytes, leftMs)).not.toBeGreaterThan(0);
  // By a clock that is far behind, it is new.
  expect(freshMsAfter(bytes, -3_600_000)).toBeLessThanOrEqual(600_000);
});

it.each([
  ["nothing", Buffer.alloc(0)],
  ["no head", Buffer.from("<response/>")],
  ["another head", Buffer.from('{"status":"200"}\n<response/>')],
  ["headers that are no text", Buffer.from('{"status":200,"headers":{"cache-control":5},"madeAtMs":1}\n<response/>')],
  ["a damaged body", Buffer.concat([packed({}).subarray(0, -20)])],
  ["too much", pack(answer({}, gzipSync("x".repeat(20_000))), { askedAtMs: answeredAtMs, answeredAtMs })],
])("is not read where it holds %s", (_what, bytes) => {
  expect(unpack(bytes, { maxBytes: 10_000, nowMs: answeredAtMs })).toBeUndefined();
});
