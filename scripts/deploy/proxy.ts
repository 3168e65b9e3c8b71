/** A real nginx with the configuration of deploy/nginx in front of two copies, one of which stops. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port.js";
import { ensure, start, succeed, until } from "./commands.js";
import { programOf } from "./debian.js";
import { textOf } from "./files.js";

export interface Copy {
  readonly port: number;
  /** Resolves to its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** @param ask Sends a query to an address. @throws Error unless it gets data. */
export async function tryProxy(work: string, copies: readonly Copy[], ask: (origin: string) => Promise<void>): Promise<string> {
  mkdirSync(work);
  const port = await freePort();
  const file = join(work, "nginx.conf");
  writeFileSync(file, configuration(work, port, copies));
  const program = await programOf("nginx", "usr/sbin/nginx");
  const args = ["-p", work, "-e", "stderr", "-c", file];
  await succeed(program, [...args, "-t"]);
  const nginx = start(program, [...args, "-g", "daemon off;"]);
  const origin = `http://127.0.0.1:${String(port)}`;
  try {
    await until(async () => (await fetch(`${origin}/health`)).ok, "nginx answers", nginx.said);
    await ensureHidden(origin, copies[0]?.port);
    return await stopOneUnderLoad(origin, copies, ask);
  } finally {
    nginx.child.kill("SIGTERM");
    await nginx.ended;
  }
}

function configuration(work: string, port: number, copies: readonly Copy[]): string {
  const given = textOf("deploy/nginx/nginx.conf")
    .replaceAll("/tmp/", `${work}/`)
    .replace("listen 8080", `listen 127.0.0.1:${String(port)}`);
  return copies.reduce((text, copy, n) => text.replace(`facade-${String(n + 1)}:4000`, `127.0.0.1:${String(copy.port)}`), given);
}

async function ensureHidden(origin: string, port: number | undefined): Promise<void> {
  for (const path of ["/metrics", "/ready"]) {
    ensure((await fetch(`http://127.0.0.1:${String(port)}${path}`)).ok, `A copy does not answer ${path} itself.`);
    ensure((await fetch(origin + path)).status === 404, `nginx lets ${path} through.`);
  }
}

/** As in a release: while clients ask all the time, one copy stops. */
async function stopOneUnderLoad(origin: string, copies: readonly Copy[], ask: (origin: string) => Promise<void>): Promise<string> {
  let asked = 0;
  let stopped = false;
  const failures: string[] = [];
  const client = async (): Promise<void> => {
    for (let after = 0; after < 25; after += stopped ? 1 : 0) {
      asked += 1;
      await ask(origin).catch((error: unknown) => failures.push(String(error)));
    }
  };
  const clients = Array.from({ length: 8 }, client);
  const code = await copies[0]?.stop();
  stopped = true;
  await Promise.all(clients);
  ensure(code === 0, `A copy that was stopped ended with code ${String(code)}.`);
  ensure(failures.length === 0, `${String(failures.length)} of ${String(asked)} requests failed: ${failures.slice(0, 5).join("; ")}`);
  return `${String(asked)} requests, none failed`;
}
