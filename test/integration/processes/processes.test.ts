/** Several processes on one port: how they start, end and are replaced, and what an operator sees of them. */
import { createServer, type AddressInfo } from "node:net";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { killProcesses, linesOf, startProcess } from "../../support/process.js";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Running, type Stand } from "../../support/stand.js";
import { isAlive, linesTo, logOf, workersOf } from "../../support/workers.js";

const artist = "query ($id: ID!) { artist(id: $id) { id } }";

let stand: Stand;
async function start(environment: Readonly<Record<string, string>> = {}): Promise<Running> {
  stand = await openStand({ PROCESSES: "2", ...environment });
  return stand.start();
}
afterEach(async () => {
  killProcesses();
  await (stand as Stand | undefined)?.close();
});

function countOf(metrics: string, series: string): number {
  const line = metrics.split("\n").find((one) => one.startsWith(`${series} `));
  return Number(line?.split(" ")[1]);
}

async function metricsOf(facade: Running): Promise<string> {
  const came = await facade.get("/metrics");
  return came === "cut" ? "" : came.body;
}

const answered = 'sevendigital_graphql_operations_total{kind="query",outcome="OK"}';

it("answer on one port, say so once, and have one log and one set of metrics", async () => {
  const facade = await start({ LOG_LEVEL: "info" });
  const log = logOf(facade);
  expect(workersOf(facade)).toHaveLength(2);
  const lines = await linesTo(2, facade, log);
  expect(lines.map(({ process }) => process).sort()).toEqual([1, 2]);
  const before = countOf(await metricsOf(facade), answered);
  for (const line of [...lines, ...lines]) expect(await line.ask("{ __typename }")).toMatchObject({ status: 200 });
  // Whichever process is asked.
  for (let scrape = 0; scrape < 4; scrape += 1) expect(countOf(await metricsOf(facade), answered)).toBe(before + 4);
  expect(await facade.get("/health")).toMatchObject({ status: 200 });
  expect(await facade.get("/ready")).toMatchObject({ status: 200 });
  for (const line of lines) await line.close();
  facade.child.kill("SIGINT");
  expect(await facade.code).toBe(0);
  expect((await facade.output).match(/http:\/\/127\.0\.0\.1:\d+\/graphql/g)).toEqual([facade.graph]);
  expect(new Set(linesOf(await facade.errors).map(({ process }) => process))).toEqual(new Set([1, 2]));
}, 90_000);

it("a process that is killed takes only its own requests with it, is replaced, and what it counted stays counted", async () => {
  const facade = await start({ LOG_LEVEL: "info" });
  const log = logOf(facade);
  const [one, other] = await linesTo(2, facade, log);
  if (one === undefined || other === undefined) throw new Error("There are not two processes.");
  for (let request = 0; request < 5; request += 1) await one.ask("{ __typename }");
  const before = countOf(await metricsOf(facade), answered);
  stand.gate.hold("artist/details");
  const [cut, kept] = [one.ask(artist, { id: "1" }), other.ask(artist, { id: "2" })];
  await until(() => stand.gate.held() === 2, "both reads wait for 7digital");
  const [first = 0, second = 0] = workersOf(facade);
  process.kill(one.process === 1 ? first : second, "SIGKILL");
  expect(await cut).toBe("cut");
  await until(() => workersOf(facade).length === 2 && !workersOf(facade).includes(one.process === 1 ? first : second), "it is replaced");
  stand.gate.open();
  expect(await kept).toMatchObject({ status: 200, body: expect.stringContaining("artist:2") as string });
  const [replacing] = (await linesTo(2, facade, log)).filter(({ process }) => process === one.process);
  expect(await replacing?.ask(artist, { id: "3" })).toMatchObject({ status: 200 });
  expect(countOf(await metricsOf(facade), answered)).toBeGreaterThan(before);
  const ends = log().filter(({ msg }) => msg === "a process ended and is replaced");
  expect(ends).toMatchObject([{ level: "error", process: one.process, exitCode: "killed" }]);
}, 90_000);

it("a connection on its way to a process that is killed is cut off, and not left open", async () => {
  const facade = await start();
  const [first = 0, second = 0] = workersOf(facade);
  // Neither takes what it is given.
  for (const worker of [first, second]) process.kill(worker, "SIGSTOP");
  const asked = Array.from({ length: 4 }, () => facade.ask("{ __typename }"));
  await wait(500);
  for (const worker of [first, second]) process.kill(worker, "SIGKILL");
  expect(await Promise.all(asked)).toEqual(["cut", "cut", "cut", "cut"]);
}, 30_000);

it("the primary process outlives a message for a process that has just been killed", async () => {
  const facade = await start({ LOG_LEVEL: "info" });
  const log = logOf(facade);
  const lines = await linesTo(2, facade, log);
  const [, other = 0] = workersOf(facade);
  // When it goes on, it asks both for their metrics, and does not know yet that one is gone.
  facade.child.kill("SIGSTOP");
  const metrics = lines.find((line) => line.process === 1)?.get("/metrics");
  await wait(500);
  process.kill(other, "SIGKILL");
  await wait(500);
  facade.child.kill("SIGCONT");
  expect(await metrics).toMatchObject({ status: 200 });
  await until(() => workersOf(facade).length === 2 && !workersOf(facade).includes(other), "it is replaced");
  expect(log().filter(({ level }) => level !== "info")).toMatchObject([{ msg: "a process ended and is replaced", exitCode: "killed" }]);
}, 90_000);

it("a connection on its way to processes that stop is cut off, and not left open", async () => {
  const facade = await start({ SEVENDIGITAL_TIMEOUT_MS: "60000" });
  stand.gate.hold("artist/details");
  const read = facade.ask(artist, { id: "1" });
  await until(() => stand.gate.held() === 1, "the read waits for 7digital");
  const workers = workersOf(facade);
  // They learn that they stop before they get the connections, which they then decline.
  for (const worker of workers) process.kill(worker, "SIGSTOP");
  facade.child.kill("SIGINT");
  await wait(500);
  let pending = 4;
  for (let connection = 0; connection < 4; connection += 1) void facade.get("/health").then(() => (pending -= 1));
  await wait(500);
  for (const worker of workers) process.kill(worker, "SIGCONT");
  await until(() => pending === 0, "none waits", 20_000);
  stand.gate.open();
  expect(await read).toMatchObject({ status: 200 });
  expect(await facade.code).toBe(0);
}, 90_000);

it("SIGTERM: none is ready at once, every request is answered, and the end is code 0", async () => {
  const facade = await start({ LOG_LEVEL: "info" });
  const lines = await linesTo(2, facade, logOf(facade));
  const quote = await quoteAt(facade);
  stand.gate.hold("artist/details");
  const reads = lines.flatMap((line) => [line.ask(artist, { id: String(line.process) })]);
  await until(() => stand.gate.held() === 2, "a read of each process waits for 7digital");
  stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "delay", ms: 5000, when: "after" } });
  const purchase = buyAt(facade, quote, "key-of-processes-1");
  await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
  facade.child.kill("SIGTERM");
  await until(async () => (await facade.get("/ready")) !== "cut", "readiness is answered");
  const ready = await Promise.all(Array.from({ length: 8 }, () => facade.get("/ready")));
  const draining = { status: 503, body: JSON.stringify({ status: "unready", reasons: ["draining"] }) };
  for (const one of ready) expect(one).toMatchObject(draining);
  await until(async () => (await facade.get("/health")) === "cut", "no new connections are taken");
  stand.gate.open();
  expect((await Promise.all(reads)).map((came) => came !== "cut" && came.status)).toEqual([200, 200]);
  expect(attemptIn(await purchase)).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  expect(await facade.code).toBe(0);
  expect(stand.sandbox.sales).toHaveLength(1);
}, 90_000);

it("a second signal ends all of them at once, with code 1", async () => {
  const facade = await start({ SEVENDIGITAL_TIMEOUT_MS: "60000" });
  stand.gate.hold("artist/details");
  const reads = [1, 2, 3, 4].map((id) => facade.ask(artist, { id: String(id) }));
  await until(() => stand.gate.held() === 4, "the reads wait for 7digital");
  const workers = workersOf(facade);
  facade.child.kill("SIGINT");
  await until(async () => (await facade.get("/health")) === "cut", "it stops");
  facade.child.kill("SIGINT");
  expect(await facade.code).toBe(1);
  expect(await Promise.all(reads)).toEqual(["cut", "cut", "cut", "cut"]);
  await until(() => !workers.some(isAlive), "no process is left");
}, 90_000);

it("without the primary process the others finish what is under way, and end", async () => {
  const facade = await start();
  const quote = await quoteAt(facade);
  stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "delay", ms: 3000, when: "after" } });
  const purchase = buyAt(facade, quote, "key-of-processes-2");
  await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
  const workers = workersOf(facade);
  facade.child.kill("SIGKILL");
  expect(attemptIn(await purchase)).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  await until(() => !workers.some(isAlive), "no process is left");
  expect(await attemptAt(await stand.start(), "key-of-processes-2")).toMatchObject({ status: "SUCCEEDED" });
}, 90_000);

it("a connection from a primary process that has just been killed does not end the others", async () => {
  const facade = await start({ SEVENDIGITAL_TIMEOUT_MS: "60000" });
  stand.gate.hold("artist/details");
  const reads = ["1", "2", "3", "4"].map((id) => facade.ask(artist, { id }));
  await until(() => stand.gate.held() === reads.length, "the reads wait for 7digital");
  const workers = workersOf(facade);
  for (const worker of workers) process.kill(worker, "SIGSTOP");
  const asked = Array.from({ length: 4 }, () => facade.get("/health"));
  await wait(500);
  facade.child.kill("SIGKILL");
  await wait(500);
  for (const worker of workers) process.kill(worker, "SIGCONT");
  await Promise.all(asked);
  stand.gate.open();
  for (const read of reads) expect(await read).toMatchObject({ status: 200 });
  await until(() => !workers.some(isAlive), "no process is left");
}, 90_000);

it("all that are killed at once come back on the same port", async () => {
  const facade = await start();
  for (const worker of workersOf(facade)) process.kill(worker, "SIGKILL");
  await until(async () => (await facade.get("/health")) !== "cut", "the same address answers again");
  await until(() => workersOf(facade).length === 2, "both are replaced");
  expect(await facade.ask("{ __typename }")).toMatchObject({ status: 200 });
}, 90_000);

it("one that keeps failing is tried again after growing pauses", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "operations-")), "operations.json");
  writeFileSync(file, "{}");
  const facade = await start({ PERSISTED_OPERATIONS: file });
  const log = logOf(facade);
  writeFileSync(file, "no JSON");
  const [first = 0] = workersOf(facade);
  process.kill(first, "SIGKILL");
  const pauses = () => log().flatMap(({ pauseMs }) => (typeof pauseMs === "number" ? [pauseMs] : []));
  await until(() => pauses().length >= 4, "it failed several times");
  const [, ...growing] = pauses();
  expect(growing).toEqual([...growing].sort((one, next) => one - next));
  expect(new Set(growing).size).toBe(growing.length);
  expect(await facade.ask("{ __typename }"), "the other one").toMatchObject({ status: 200 });
  writeFileSync(file, "{}");
  await until(() => workersOf(facade).length === 2, "it is replaced");
}, 90_000);

it.each([
  ["fails", "/nowhere", "ENOENT"],
  ["fails at once", "/dev/null/node", "ENOTDIR"],
])(
  "one whose start by the system %s is tried again, and the other one answers",
  async (_when, path, code) => {
    stand = await openStand({ PROCESSES: "2", LOG_LEVEL: "info" });
    // From SIGUSR2 on, and until the next one, no process can be started.
    const facade = await stand.start(`
    import cluster from "node:cluster";
    if (cluster.isPrimary) process.on("SIGUSR2", () => (process.execPath = process.execPath === "${path}" ? process.argv0 : "${path}"));`);
    const log = logOf(facade);
    const [first = 0] = workersOf(facade);
    facade.child.kill("SIGUSR2");
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.kill(first, "SIGKILL");
    const refused = () => log().filter(({ msg }) => msg === "a process could not start");
    await until(() => refused().length >= 2, "it was tried twice");
    expect(refused()[0]).toMatchObject({ level: "error", process: 1, code });
    expect(await facade.ask("{ __typename }"), "the other one").toMatchObject({ status: 200 });
    facade.child.kill("SIGUSR2");
    await until(() => workersOf(facade).length === 2, "it is replaced");
    expect(log().map(({ msg }) => msg)).not.toContain("uncaught exception");
  },
  90_000,
);

it("one sandbox answers for all of them, and its files are gone at the end", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "processes-"));
  const { child, landing, url, code, errors } = startProcess({ PROCESSES: "2", LOG_LEVEL: "info", TMPDIR: temporary });
  const facade = { child, graph: await url } as Running;
  const lines = await linesTo(2, facade, logOf(facade));
  const mutation = "mutation { basketCreate { basket { id } } }";
  const made = await lines[0]?.ask(mutation);
  const id = (JSON.parse(made === "cut" || made === undefined ? "{}" : made.body) as { data: { basketCreate: { basket: { id: string } } } })
    .data.basketCreate.basket.id;
  const read = await lines[1]?.ask("query ($id: ID!) { basket(id: $id) { id } }", { id });
  expect(read).toMatchObject({ status: 200, body: expect.stringContaining(`"basket":{"id":"${id}"}`) as string });
  expect(readdirSync(temporary)).toHaveLength(1);
  for (const line of lines) await line.close();
  child.kill("SIGTERM");
  expect(await code).toBe(0);
  expect(await landing).toContain("the embedded sandbox");
  expect(readdirSync(temporary)).toEqual([]);
  expect(linesOf(await errors).filter(({ level }) => level !== "info")).toEqual([]);
}, 90_000);

it.each([
  ["a wrong setting", { PROCESSES: "several" }, 'PROCESSES must be "auto" or a whole number from 1 to 64.'],
  ["no process at all", { PROCESSES: "0" }, 'PROCESSES must be "auto" or a whole number from 1 to 64.'],
  ["another wrong setting", { PROCESSES: "2", PORT: "x" }, "PORT must be a whole number from 0 to 65535."],
  ["a file that cannot be read", { PROCESSES: "2", PERSISTED_OPERATIONS: "/nowhere.json" }, "PERSISTED_OPERATIONS"],
])(
  "%s ends the start with code 1, and is said once",
  async (_, environment, reason) => {
    const { code, output, errors } = startProcess(environment);
    expect([await code, await output]).toEqual([1, ""]);
    expect((await errors).split(reason)).toHaveLength(2);
  },
  60_000,
);

it("a system that cannot start processes ends the start with code 1", async () => {
  const noNode = 'import cluster from "node:cluster"; if (cluster.isPrimary) process.execPath = "/nowhere";';
  const { code, output, errors } = startProcess({ PROCESSES: "2" }, noNode);
  expect([await code, await output, await errors]).toEqual([1, "", "It could not start: spawn /nowhere ENOENT\n"]);
}, 60_000);

it("a port in use ends the start with code 1", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  const { code, output, errors } = startProcess({ PROCESSES: "2", PORT: String(port) });
  expect([await code, await output]).toEqual([1, ""]);
  expect((await errors).match(/EADDRINUSE/g)).toHaveLength(1);
  taken.close();
}, 60_000);

it.each(["SIGTERM", "SIGINT"] as const)(
  "%s before they listen ends it with code 0",
  async (signal) => {
    const { code, output, errors } = startProcess(
      { PROCESSES: "2", SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" },
      // The primary process forks the first, which begins to load.
      `import cluster from "node:cluster";
       if (cluster.isPrimary) cluster.on("online", () => process.kill(process.pid, "${signal}"));
       setTimeout(() => process.exit(7), 30_000).unref();`,
    );
    expect([await code, await output, await errors]).toEqual([0, "", ""]);
  },
  60_000,
);
