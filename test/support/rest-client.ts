/** The package's `./client` on a sandbox of its own, and what it asked. */
import { inspect } from "node:util";
import { onTestFinished } from "vitest";
import { createClientIn } from "../../src/client/create-client.js";
import type { ClientOptions } from "../../src/client/options.js";
import type { SevendigitalClient } from "../../src/client/sevendigital-client.js";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.js";
import { canariesIn } from "./canaries.js";

export interface Stand {
  readonly sandbox: Sandbox;
  readonly client: SevendigitalClient;
  /** Calls since the last look: verb, method and parameters other than credentials. */
  readonly calls: () => readonly string[];
  /** Seconds go by, for the client and the sandbox. */
  readonly pass: (seconds: number) => void;
}

let nonces = 0;

export async function startStand(options: Partial<ClientOptions> = {}): Promise<Stand> {
  let nowMs = Date.now();
  const now = (): number => nowMs;
  const sandbox = await startSandbox({ now });
  const client = createClientIn(
    { now, nonce: () => `nonce-${String((nonces += 1))}`, random: () => 0.5 },
    {
      consumerKey: "sandbox",
      consumerSecret: "sandbox-secret",
      baseUrl: sandbox.baseUrl,
      secureBaseUrl: sandbox.baseUrl,
      accountUrl: new URL(sandbox.baseUrl).origin,
      ...options,
    },
  );
  onTestFinished(async () => {
    await client.close();
    await sandbox.close();
  });
  return {
    sandbox,
    client,
    calls() {
      const seen = sandbox.journal
        .entries()
        .map(({ verb, method, params }) => `${verb} ${method} ${new URLSearchParams(params).toString()}`);
      sandbox.journal.clear();
      return seen;
    },
    pass(seconds) {
      nowMs += seconds * 1000;
    },
  };
}

/** The error of a call, in which there is no secret, however it is written down. */
export async function errorOf(promise: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("It did not fail.");
  const written = [String(error), error.stack ?? "", JSON.stringify(error), inspect(error)].join("\n");
  const leaked = canariesIn(written);
  if (leaked.length > 0) throw new Error(`The error tells secrets: ${leaked.join(", ")}`);
  return error as Error & Readonly<Record<string, unknown>>;
}
