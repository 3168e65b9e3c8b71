/** `npm run deploy:check`: carries out the Dockerfile, runs the result as a container would, and tries alerts, board, proxy and manifests
 *  with the programs that read them. The last line is `N passed, N failed`. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { RedisServer } from "./databases/redis-server.js";
import { endAll, ensure, killAll, succeed } from "./deploy/commands.js";
import { cannotRun, containersOf, type Containers } from "./deploy/container.js";
import { startCopy } from "./deploy/copies.js";
import { root } from "./deploy/files.js";
import { buildImage, filesIn, type Image } from "./deploy/image.js";
import { askPrometheus, promtool } from "./deploy/prometheus.js";
import { tryProxy } from "./deploy/proxy.js";
import { freePort } from "./free-port.js";

const host = "127.0.0.1";
/** The longest step builds the image, which takes about a minute. */
const longestStepMs = 600_000;
const { values } = parseArgs({ options: { stops: { type: "string", default: "6" } } });
const stops = Number(values.stops);
const work = mkdtempSync(join(tmpdir(), "deploy-"));
let image: Image | undefined;
let containers: Containers | undefined;

function built() {
  if (image === undefined || containers === undefined) throw new Error("There is no image.");
  return { image, containers };
}

async function build(): Promise<undefined> {
  image = await buildImage(root, work);
  containers = containersOf(image);
  const files = filesIn(image.folder);
  const odd = files.filter((path) => /(?:^|\/)\.env|secrets|(?:^|\/)(?:src|test|scripts)\/|typescript/.test(path));
  ensure(odd.length === 0, `The image holds what it should not: ${odd.join(", ")}`);
  ensure(!existsSync(join(image.folder, "app/node_modules/typescript")), "The image holds packages for development.");
}

async function canChangeNothing(): Promise<undefined> {
  const script = `
    import { writeFileSync } from "node:fs";
    const tried = (path) => { try { writeFileSync(path, ""); return "written"; } catch ({ code }) { return code; } };
    console.log(process.pid, process.getuid(), process.getgid(), ["/app/dist/main.js", "/new", "/etc/new", "/tmp/new"].map(tried).join(" "));`;
  const said = await built().containers.run(["node", "--input-type=module", "--eval", script]);
  ensure(said.trim() === "1 1000 1000 EROFS EROFS EROFS written", `Of a container: ${said}`);
}

async function send(origin: string, query: string, expected: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${origin}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
  const text = await response.text();
  ensure(text.includes(expected), `${String(response.status)} ${text}`);
}

function askOne(origin: string): Promise<void> {
  return send(origin, `{ artist(id: "1") { name } }`, '"name":"Keane"');
}

async function startsAndStops(): Promise<string> {
  const { containers: all, image: one } = built();
  const port = await freePort();
  const isHealthy = (): Promise<boolean> =>
    all.run(one.healthcheck, { PORT: String(port) }).then(
      () => true,
      () => false,
    );
  ensure(!(await isHealthy()), "The health check passes although nothing is there.");
  const copy = await startCopy(all, { host, port });
  ensure(await isHealthy(), "The health check fails although the service answers.");
  await askOne(copy.origin);
  await copy.stop();
  const version = await all.run([...one.entrypoint, "--version"]);
  return `version ${version.trim()}`;
}

async function live(): Promise<string> {
  const { containers: all } = built();
  const redis = await RedisServer.start();
  try {
    const settings = { REDIS_URL: redis.url, SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}` };
    const ports = [await freePort(), await freePort()];
    const [copy] = await Promise.all(ports.map((port) => startCopy(all, { host, port }, settings)));
    const origin = copy?.origin ?? "";
    // Counters of mutations appear with the first.
    const ask = (): Promise<void> => send(origin, "mutation { basketCreate { basket { id } } }", '"basket":{').then(() => askOne(origin));
    return await askPrometheus(join(work, "prometheus"), ports, ask);
  } finally {
    await redis.remove();
  }
}

async function proxy(): Promise<string> {
  return tryProxy(built().containers, stops);
}

async function kustomize(): Promise<string> {
  const said = await succeed("kubectl", ["kustomize", "deploy/kubernetes"], { cwd: root });
  const kinds = [...said.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  ensure(kinds.length === 8, `Kustomize made ${kinds.join(", ")}`);
  return `${String(kinds.length)} objects`;
}

/** @returns What is worth showing. */
type Step = readonly [name: string, run: () => Promise<string | undefined>];

const inContainers: readonly Step[] = [
  ["a container can change none of its files, and has no rights", canChangeNothing],
  ["the image starts, is healthy, answers, and stops by SIGTERM with code 0", startsAndStops],
  ["Prometheus answers every query of board and alerts", live],
  ["HAProxy hides what is for operators, loses no request when copies stop, and sends none twice", proxy],
];
const steps: readonly Step[] = [
  ["alert rules are valid (promtool)", () => promtool("check", "rules", "alerts.yaml")],
  ["every alert fires and is silent when it should (promtool)", () => promtool("test", "rules", "alerts.test.yaml")],
  ["Prometheus' configuration is valid (promtool)", () => promtool("check", "config", "--syntax-only", "prometheus.yaml")],
  ["every step of the Dockerfile", build],
  ...inContainers,
];

/** Whether it succeeds. Ends whatever it has started, also where it fails or does not end by itself. */
async function perform([name, step]: Step): Promise<boolean> {
  const startedMs = performance.now();
  const tooLong = wait(longestStepMs).then(() => Promise.reject(new Error("It did not end.")));
  const [shown, problem] = await Promise.race([step(), tooLong])
    .finally(endAll)
    .then(
      (said) => [said, undefined] as const,
      (error: unknown) => [undefined, error instanceof Error ? error.message : String(error)] as const,
    );
  const note = shown === undefined || shown.includes("\n") ? "" : `: ${shown}`;
  console.log(`${problem === undefined ? "ok  " : "FAIL"} ${name}${note} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
  if (problem !== undefined) console.log(problem.trimEnd().replace(/^/gm, "     "));
  return problem === undefined;
}

/** Without them a step says that it is skipped, which is a failure under CI_NO_SKIP=1. */
function possible(): readonly Step[] {
  const reason = cannotRun();
  const skipped: readonly Step[] = inContainers.map(([name]) => [name, () => Promise.reject(new Error(`Skipped: ${String(reason)}.`))]);
  if (reason === undefined) return steps;
  return [...steps.filter((step) => !inContainers.includes(step)), ...(process.env["CI_NO_SKIP"] === "1" ? skipped : [])];
}

async function hasKubectl(): Promise<boolean> {
  return succeed("kubectl", ["version", "--client"]).then(
    () => true,
    () => false,
  );
}

async function main(): Promise<number> {
  ensure(Number.isInteger(stops) && stops > 0, "--stops takes a number.");
  // The manifests are also checked by a test, which does not need it.
  const all: readonly Step[] = [
    ...possible(),
    ...((await hasKubectl()) ? [["the manifests of Kubernetes fit together (kubectl kustomize)", kustomize] as const] : []),
  ];
  let passed = 0;
  for (const step of all) if (await perform(step)) passed += 1;
  console.log(`${String(passed)} passed, ${String(all.length - passed)} failed`);
  return passed === all.length ? 0 : 1;
}

process.once("exit", () => {
  killAll();
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(128 + constants.signals[signal]));
// Whatever is still waited for does not matter any more.
process.exit(await main());
