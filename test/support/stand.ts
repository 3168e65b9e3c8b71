/** A façade as a process of its own before a sandbox of the test's, and what is asked of it while it ends. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.js";
import { buyTrack, demo, operatorSecret, track, type PurchaseAnswer } from "./purchase/purchase-upstream.js";
import { openGate, type Gate } from "./gate.js";
import { startProcess, type Process } from "./process.js";

/** Whatever came, or what kept it from coming. */
export type Came = { readonly status: number; readonly body: string } | "cut";

export interface Stand {
  readonly sandbox: Sandbox;
  /** Before the sandbox's catalogue. */
  readonly gate: Gate;
  start(preload?: string): Promise<Running>;
  /** Ends whatever was started, too. */
  close(): Promise<void>;
}

export interface Running extends Process {
  readonly graph: string;
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Came>;
  get(path: string): Promise<Came>;
}

export async function openStand(environment: Readonly<Record<string, string>> = {}, options: SandboxOptions = {}): Promise<Stand> {
  const sandbox = await startSandbox(options);
  const gate = await openGate(sandbox.baseUrl);
  const { origin } = new URL(sandbox.baseUrl);
  const started: Process[] = [];
  const dispatcher = new Agent({ connections: 2000, keepAliveTimeout: 60_000, headersTimeout: 60_000 });
  const all = {
    PROFILE: "open",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: gate.baseUrl,
    SEVENDIGITAL_SECURE_BASE_URL: sandbox.baseUrl,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_MAX_CONNECTIONS: "1000",
    SEVENDIGITAL_TIMEOUT_MS: "30000",
    LIMIT_OPERATION_MS: "60000",
    LIMIT_SOCKETS: "2000",
    LIMIT_SOCKETS_PER_CLIENT: "0",
    OPERATOR_SECRET: operatorSecret,
    SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
    DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "stop-")),
    ...environment,
  };

  async function came(url: string, options: Parameters<typeof request>[1]): Promise<Came> {
    try {
      const { statusCode, body } = await request(url, { dispatcher, ...options });
      return { status: statusCode, body: await body.text() };
    } catch {
      return "cut";
    }
  }

  return {
    sandbox,
    gate,
    async start(preload) {
      const process = startProcess(all, preload);
      started.push(process);
      const graph = await process.url;
      return {
        ...process,
        graph,
        ask: (query, variables = {}, headers = {}) =>
          came(graph, {
            method: "POST",
            headers: { "content-type": "application/json", ...headers },
            body: JSON.stringify({ query, variables }),
          }),
        get: (path) => came(new URL(path, graph).href, { method: "GET" }),
      };
    },
    async close() {
      for (const { child } of started) child.kill("SIGKILL");
      await dispatcher.destroy();
      gate.close();
      await sandbox.close();
    },
  };
}

function dataOf(came: Came): unknown {
  if (came === "cut") throw new Error("The answer did not come.");
  return (JSON.parse(came.body) as { data: unknown }).data;
}

export async function quoteAt(facade: Running): Promise<string> {
  const answer = await facade.ask(`query ($id: ID!) { node(id: $id) { ... on Purchasable { price { quote } } } }`, { id: track });
  return (dataOf(answer) as { node: { price: { quote: string } } }).node.price.quote;
}

export function buyAt(facade: Running, quote: string, idempotencyKey: string): Promise<Came> {
  return facade.ask(buyTrack, { input: { itemId: track, quote, idempotencyKey } }, demo);
}

export function attemptIn(came: Came) {
  return (dataOf(came) as PurchaseAnswer).itemPurchase.attempt;
}

/** What became of the key, as its buyer hears it. */
export async function attemptAt(facade: Running, idempotencyKey: string) {
  const asked = await facade.ask(
    `query ($key: String!) { viewer { purchaseAttempt(idempotencyKey: $key) { status confirmedBy } } }`,
    { key: idempotencyKey },
    demo,
  );
  return (dataOf(asked) as { viewer: { purchaseAttempt: { status: string; confirmedBy: string | null } | null } }).viewer.purchaseAttempt;
}

/** Waits, but not for ever. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, patienceMs = 60_000): Promise<void> {
  const endMs = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`It never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
