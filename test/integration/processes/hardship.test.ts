/** Several processes: what happens when the system refuses something, or one of them hangs. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { killProcesses } from "../../support/process.js";
import { attemptIn, buyAt, openStand, quoteAt, until, type Came, type Running, type Stand } from "../../support/stand.js";
import { isAlive, logOf, workersOf } from "../../support/workers.js";

const artist = "query ($id: ID!) { artist(id: $id) { id } }";

let stand: Stand;
async function start(preload = "", environment: Readonly<Record<string, string>> = {}): Promise<Running> {
  stand = await openStand({ PROCESSES: "2", LOG_LEVEL: "info", ...environment });
  return stand.start(preload);
}
afterEach(async () => {
  killProcesses();
  await (stand as Stand | undefined)?.close();
});

function limitFiles(pid: number, most: number): void {
  const { status } = spawnSync("prlimit", ["--pid", String(pid), `--nofile=${String(most)}:`]);
  if (status !== 0) throw new Error("The files of a process cannot be limited here.");
}

it("a connection that a process has no file for waits for one, and the process gets connections again", async () => {
  const facade = await start();
  const workers = workersOf(facade);
  for (const worker of workers) limitFiles(worker, readdirSync(`/proc/${String(worker)}/fd`).length);
  const came: Came[] = [];
  for (let connection = 0; connection < 8; connection += 1) void facade.get("/health").then((one) => came.push(one));
  await wait(500);
  for (const worker of workers) limitFiles(worker, 1000);
  await until(() => came.length === 8, "all are answered", 20_000);
  for (const one of came) expect(one).toMatchObject({ status: 200 });
}, 60_000);

it("one that ends while others still start is replaced", async () => {
  const facade = await start(
    `import cluster from "node:cluster";
    import { Server } from "node:net";
    const { listen } = Server.prototype;
    Server.prototype.listen = function (...args) {
      if (cluster.worker?.id === 2) this.once("listening", () => setTimeout(() => process.kill(process.pid, "SIGKILL"), 500));
      if (cluster.worker?.id === 3) setTimeout(() => listen.apply(this, args), 4000);
      else listen.apply(this, args);
      return this;
    };`,
    { PROCESSES: "3" },
  );
  await until(() => workersOf(facade).length === 3, "there are three", 20_000);
  expect(await facade.ask("{ __typename }")).toMatchObject({ status: 200 });
}, 60_000);

it("they come back on the same free port although the last one with it ends while another starts", async () => {
  const facade = await start(`import cluster from "node:cluster";
    import { Server } from "node:net";
    const { listen } = Server.prototype;
    Server.prototype.listen = function (...args) {
      if (cluster.worker?.id !== 3) return listen.apply(this, args);
      process.kill(process.ppid, "SIGUSR2");
      setTimeout(() => listen.apply(this, args), 2000);
      return this;
    };
    if (cluster.isPrimary) process.on("SIGUSR2", () => cluster.workers[2].process.kill("SIGKILL"));
    // It asks for a port when the third listens.
    if (cluster.worker?.id === 4) await new Promise((resolve) => setTimeout(resolve, 6000));`);
  const [first = 0, second = 0] = workersOf(facade);
  process.kill(first, "SIGKILL");
  await until(() => !workersOf(facade).includes(second), "both are gone");
  await until(async () => workersOf(facade).length === 2 && (await facade.get("/health")) !== "cut", "the same address answers", 30_000);
  expect(await facade.ask("{ __typename }")).toMatchObject({ status: 200 });
}, 60_000);

/** The intervals of the primary process are shorter. */
const hurried = `import cluster from "node:cluster";
  const { setInterval: every } = globalThis;
  if (cluster.isPrimary) globalThis.setInterval = (run, ms) => every(run, ms / 10);`;

it("one that stands still is killed and replaced, and what waits for it is cut off", async () => {
  const facade = await start(hurried);
  const log = logOf(facade);
  const [first = 0] = workersOf(facade);
  process.kill(first, "SIGSTOP");
  const came = await Promise.all(Array.from({ length: 4 }, () => facade.get("/health")));
  expect(came.filter((one) => one === "cut")).toHaveLength(1);
  await until(() => workersOf(facade).length === 2 && !workersOf(facade).includes(first), "it is replaced");
  const errors = log().filter(({ level }) => level === "error");
  expect(errors.map(({ msg }) => msg)).toEqual(["a process does not answer and is killed", "a process ended and is replaced"]);
}, 60_000);

it("a stop ends although one stands still, with code 1", async () => {
  const facade = await start(hurried);
  const workers = workersOf(facade);
  process.kill(workers[0] as number, "SIGSTOP");
  facade.child.kill("SIGINT");
  expect(await facade.code).toBe(1);
  await until(() => !workers.some(isAlive), "no process is left");
}, 60_000);

it("after a failure of the primary process the others finish what is under way, and end", async () => {
  const facade = await start(`import cluster from "node:cluster";
    if (cluster.isPrimary) process.on("SIGUSR2", () => { throw new Error("unforeseen"); });`);
  const workers = workersOf(facade);
  const quote = await quoteAt(facade);
  stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "delay", ms: 3000, when: "after" } });
  const purchase = buyAt(facade, quote, "key-of-hardship-1");
  await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
  facade.child.kill("SIGUSR2");
  expect(attemptIn(await purchase)).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  await until(() => !workers.some(isAlive), "no process is left");
  expect(await facade.code).toBe(1);
}, 60_000);

it("the terminal goes away: every request is answered, and the end is code 0", async () => {
  const facade = await start();
  stand.gate.hold("artist/details");
  const reads = ["1", "2", "3", "4"].map((id) => facade.ask(artist, { id }));
  await until(() => stand.gate.held() === reads.length, "the reads wait for 7digital");
  // The system tells the whole group, and then a shell does.
  for (const pid of [...workersOf(facade), ...workersOf(facade)]) process.kill(pid, "SIGHUP");
  facade.child.kill("SIGHUP");
  await until(async () => (await facade.get("/health")) === "cut", "it stops");
  facade.child.kill("SIGHUP");
  stand.gate.open();
  for (const read of reads) expect(await read).toMatchObject({ status: 200 });
  expect(await facade.code).toBe(0);
}, 60_000);

it.each([1, 2])(
  "no process ends with the reader of its log: %i of them",
  async (count) => {
    const facade = await start("", { PROCESSES: String(count) });
    facade.errors.catch(() => undefined);
    facade.child.stderr?.destroy();
    for (let id = 1; id <= 4; id += 1) expect(await facade.ask(artist, { id: String(id) })).toMatchObject({ status: 200 });
    facade.child.kill("SIGINT");
    expect(await facade.code).toBe(0);
  },
  60_000,
);
