/** Whether to send more requests here. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createReadiness } from "../../../src/telemetry/readiness.js";
import type { BreakerState } from "../../../src/upstream/stats.js";
import { startFacade, type Facade } from "../../support/facade.js";

const refused = { outcome: "UPSTREAM_AUTH", auth: "key" } as const;

describe("a process", () => {
  let nowMs = 1_000_000;
  let breaker: BreakerState = "closed";
  let problem: string | undefined;
  const figures = () => ({
    breakers: { read: breaker, signedRead: breaker, write: breaker, money: breaker },
    inFlight: 0,
    waiting: 0,
    cacheBytes: 0,
  });
  const readiness = () =>
    createReadiness({ now: () => nowMs, records: () => Promise.resolve(problem), client: () => ({ stats: figures }) });

  afterEach(() => {
    breaker = "closed";
    problem = undefined;
  });

  it("is ready as it starts", async () => {
    expect(await readiness().read()).toEqual({ status: "ready", reasons: [] });
  });

  it("F32: is not ready from when 7digital refuses our key until it accepts it again", async () => {
    const watched = readiness();
    watched.observeCall(refused);
    expect(await watched.read()).toEqual({ status: "unready", reasons: ["upstream refused our key"] });
    watched.observeCall({ outcome: "UPSTREAM_UNAVAILABLE", auth: "key" });
    expect((await watched.read()).status).toBe("unready");
    watched.observeCall({ outcome: "NOT_FOUND", auth: "key" });
    expect((await watched.read()).status).toBe("ready");
  });

  it("F32: is tried again a minute after the last refusal, for without requests it would never learn that its key is good", async () => {
    const watched = readiness();
    watched.observeCall(refused);
    nowMs += 59_000;
    expect((await watched.read()).status).toBe("unready");
    nowMs += 1000;
    expect((await watched.read()).status).toBe("ready");
  });

  it("goes on while 7digital is down: so are all the others, and it serves what it remembers", async () => {
    for (const state of ["open", "halfOpen"] as const) {
      breaker = state;
      expect(await readiness().read()).toEqual({ status: "degraded", reasons: ["upstream is failing"] });
    }
  });

  it("goes on where one method that is signed is not for its key", async () => {
    const watched = readiness();
    watched.observeCall({ outcome: "UPSTREAM_AUTH", auth: "consumer" });
    expect((await watched.read()).status).toBe("ready");
  });

  it("goes on with the catalogue where purchases cannot be recorded", async () => {
    problem = "the disk is full";
    expect(await readiness().read()).toEqual({ status: "degraded", reasons: ["purchase records: the disk is full"] });
  });

  it("is not ready once it drains, whatever else", async () => {
    breaker = "open";
    const watched = readiness();
    watched.drain();
    expect(await watched.read()).toEqual({ status: "unready", reasons: ["draining", "upstream is failing"] });
  });
});

describe("/ready", () => {
  let facade: Facade;
  afterEach(() => facade.close());

  async function ready(): Promise<[number, unknown]> {
    const answer = await fetch(new URL("/ready", facade.url));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    return [answer.status, await answer.json()];
  }

  it("answers without a call to 7digital, in locked too", async () => {
    facade = await startFacade({ environment: { PROFILE: "locked" } });
    expect(await ready()).toEqual([200, { status: "ready", reasons: [] }]);
    expect(facade.calls()).toEqual([]);
  });

  it("F32: says 503 while 7digital refuses our key, although the process lives", async () => {
    facade = await startFacade();
    const remove = facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 401, body: "no such key" } });
    expect((await facade.query(`{ artist(id: "1") { name } }`)).errors?.[0]?.extensions?.["code"]).toBe("UPSTREAM_AUTH");
    expect(await ready()).toEqual([503, { status: "unready", reasons: ["upstream refused our key"] }]);
    expect((await fetch(new URL("/health", facade.url))).status).toBe(200);
    remove();
    await facade.query(`{ artist(id: "1") { name } }`);
    expect(await ready()).toEqual([200, { status: "ready", reasons: [] }]);
  });

  it("says that purchases cannot be recorded", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "records-")), "a-file");
    writeFileSync(file, "");
    facade = await startFacade({ environment: { DATA_DIRECTORY: join(file, "data") } });
    expect(await ready()).toEqual([
      200,
      { status: "degraded", reasons: ["purchase records: the folder of the database cannot be written to"] },
    ]);
  });
});
