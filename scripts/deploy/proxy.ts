/** HAProxy in front of two copies that stop, start again and are killed, while clients ask all the time. */
import { setTimeout as wait } from "node:timers/promises";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.js";
import { freePort } from "../free-port.js";
import { ensure } from "./commands.js";
import type { Containers } from "./container.js";
import { startCopy, type Copy } from "./copies.js";
import { Haproxy, type Change } from "./haproxy.js";
import { Load } from "./load.js";
import { Names } from "./names.js";

/** As many as can be under way at once. */
const clients = 10;
const copyNames = ["facade-1", "facade-2"] as const;
type CopyName = (typeof copyNames)[number];

interface Stage {
  readonly sandbox: Sandbox;
  readonly haproxy: Haproxy;
  readonly copies: Map<CopyName, Copy>;
  readonly start: (name: CopyName) => Promise<void>;
}

/** @param stops How often a copy is stopped. */
export async function tryProxy(containers: Containers, stops: number): Promise<string> {
  const sandbox = await startSandbox();
  const names = await Names.start();
  let haproxy: Haproxy | undefined;
  try {
    const copiesPort = await freePort();
    const { origin } = new URL(sandbox.baseUrl);
    const settings = {
      ...{ PROFILE: "open", SEVENDIGITAL_CONSUMER_KEY: "sandbox", SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret" },
      ...{ SEVENDIGITAL_BASE_URL: sandbox.baseUrl, SEVENDIGITAL_SECURE_BASE_URL: sandbox.baseUrl, SEVENDIGITAL_ACCOUNT_URL: origin },
      TRUSTED_PROXIES: "1",
    };
    const copies = new Map<CopyName, Copy>();
    const start = async (name: CopyName): Promise<void> => {
      copies.set(name, await startCopy(containers, { host: names.move(name), port: copiesPort }, settings));
    };
    await Promise.all(copyNames.map(start));
    haproxy = await Haproxy.start(() => placesOf(names, copiesPort));
    const stage = { sandbox, haproxy, copies, start };
    await ensureHidden(stage);
    return [await stopsUnderLoad(stage, stops), await reloadsUnderLoad(stage), await killUnderLoad(stage)].join("; ");
  } finally {
    await haproxy?.close();
    names.close();
    await sandbox.close();
  }
}

/** @param port Where copies listen, each on its own address. */
function placesOf(names: Names, port: number): readonly Change[] {
  return [
    ["127.0.0.11:53", () => `127.0.0.1:${String(names.port)}`],
    // The address is what libc says when HAProxy starts. Later it asks the name server.
    [
      /server (\S+) (facade-\d+):4000/g,
      (_, server = "", name = "") => `server ${server} ${name}:${String(port)} init-addr ${names.addressOf(name)}`,
    ],
  ];
}

function copyOf({ copies }: Stage, name: CopyName): Copy {
  const copy = copies.get(name);
  if (copy === undefined) throw new Error(`${name} does not run.`);
  return copy;
}

async function ensureHidden(stage: Stage): Promise<void> {
  for (const path of ["/metrics", "/ready", "/metrics?a=b"]) {
    ensure((await fetch(copyOf(stage, "facade-1").origin + path)).ok, `A copy does not answer ${path} itself.`);
    ensure((await fetch(stage.haproxy.origin + path)).status === 404, `HAProxy lets ${path} through.`);
  }
}

/** While clients ask. @returns What they did. */
async function underLoad({ sandbox, haproxy }: Stage, run: () => Promise<void>): Promise<Load> {
  sandbox.journal.clear();
  const load = new Load(haproxy.origin, clients);
  try {
    await run();
  } finally {
    await load.end();
  }
  return load;
}

function ensureNoneLost({ sandbox }: Stage, { asked, failures, baskets, lines }: Load): void {
  ensure(failures.length === 0, `${String(failures.length)} of ${String(asked)} requests failed: ${failures.slice(0, 5).join("; ")}`);
  const sent = [sandbox.journal.count("basket/create"), sandbox.journal.count("basket/addItem")];
  ensure(sent.join() === [baskets, lines].join(), `Of ${String([baskets, lines])} mutations, ${String(sent)} reached the API.`);
}

/** As in releases: one copy after the other, each of which comes back on another address. */
async function stopsUnderLoad(stage: Stage, stops: number): Promise<string> {
  const load = await underLoad(stage, async () => {
    for (let n = 0; n < stops; n += 1) {
      const name = copyNames[n % 2 === 0 ? 0 : 1];
      await copyOf(stage, name).stop();
      await stage.start(name);
    }
  });
  ensureNoneLost(stage, load);
  return `${String(stops)} stops, ${String(load.asked)} requests, none failed`;
}

async function reloadsUnderLoad(stage: Stage): Promise<string> {
  const load = await underLoad(stage, async () => {
    for (let n = 0; n < 3; n += 1) {
      await stage.haproxy.reload();
      await wait(500);
    }
  });
  ensureNoneLost(stage, load);
  return `3 reloads, ${String(load.asked)} requests, none failed`;
}

/** What is under way in the copy that is killed may fail. Nothing else does, and nothing is sent to the other one instead. */
async function killUnderLoad(stage: Stage): Promise<string> {
  const load = await underLoad(stage, async () => {
    await copyOf(stage, "facade-1").kill();
    await stage.start("facade-1");
  });
  const { failures, asked, baskets } = load;
  ensure(failures.length <= load.size, `${String(failures.length)} requests failed: ${failures.slice(0, 5).join("; ")}`);
  const { journal } = stage.sandbox;
  ensure(journal.count("basket/create") <= baskets, `${String(journal.count("basket/create"))} baskets for ${String(baskets)} requests.`);
  ensure(journal.count() === journal.entries().length, "The sandbox has forgotten calls.");
  const filled = journal.entries().flatMap(({ method, params }) => (method === "basket/addItem" ? [params["basketId"]] : []));
  ensure(new Set(filled).size === filled.length, "A line was added twice.");
  return `kill -9, ${String(asked)} requests, ${String(failures.length)} failed, none sent twice`;
}
