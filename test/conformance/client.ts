/** A sandbox as `npm run sandbox` starts it, and 7digital's own client beside it, each in a process of its own. */

import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, "../..");

export interface ClientError {
  readonly name: string;
  readonly code?: string | number;
  readonly statusCode?: number;
  readonly message: string;
}

export interface ClientCall {
  readonly resource: string;
  readonly method: string;
  readonly args: readonly unknown[];
  /** What `configure` is told. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What the callback was given: values, or the error before them. */
export type CallResult = { readonly values: readonly unknown[] } | { readonly error: ClientError };

export interface Conformance {
  /** http://127.0.0.1:PORT */
  readonly origin: string;
  readonly certificate: string;
  call(call: ClientCall): Promise<CallResult>;
  end(): Promise<void>;
}

export async function startConformance(): Promise<Conformance> {
  const sandbox = spawn(process.execPath, ["--import", "tsx", "src/sandbox/cli/cli.ts", "--port", "0"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(sandbox.stdout, "data")) as [Buffer];
  const { origin, port } = new URL(/at (http:\S+)/.exec(line.toString())?.[1] ?? "");
  const certificate = await (await request(`${origin}/_sandbox/certificate`)).body.text();
  const directory = await mkdtemp(join(tmpdir(), "conformance-"));
  await writeFile(join(directory, "sandbox.pem"), certificate);
  const client = forkClient(port, join(directory, "sandbox.pem"));
  return {
    origin,
    certificate,
    call: caller(client),
    async end() {
      for (const child of [client, sandbox]) {
        child.kill();
        await once(child, "exit");
      }
      await rm(directory, { recursive: true });
    },
  };
}

function forkClient(port: string, certificateFile: string): ChildProcess {
  return fork(require.resolve("./client-process.cjs"), {
    execArgv: ["-r", require.resolve("./rewrite-hosts.cjs")],
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: certificateFile,
      _7D_API_CLIENT_HOST: "127.0.0.1",
      _7D_API_CLIENT_SSL_HOST: "localhost",
      _7D_API_CLIENT_PORT: port,
      _7D_API_CLIENT_CONSUMER_KEY: "sandbox",
      _7D_API_CLIENT_CONSUMER_SECRET: "sandbox-secret",
    },
  });
}

function caller(client: ChildProcess): (call: ClientCall) => Promise<CallResult> {
  const waiting = new Map<number, (result: CallResult) => void>();
  let latest = 0;
  client.on("message", ({ id, ...result }: CallResult & { id: number }) => {
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  return (call) =>
    new Promise((resolve) => {
      waiting.set(++latest, resolve);
      client.send({ id: latest, ...call });
    });
}
