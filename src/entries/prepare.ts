/** From a configuration to what every entry runs on: the embedded sandbox where there is no key, and what the process gives. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAmbient, type ServerAmbient } from "../app/ambient.js";
import { rootDirectory, version } from "../app/installation.js";
import type { ServerConfig } from "../app/server-config.js";
import type { Config } from "../config/config.js";
import { startWarnings } from "../config/start-warnings.js";

export interface Prepared {
  readonly config: ServerConfig;
  readonly ambient: ServerAmbient;
  /** Whether the embedded sandbox stands in 7digital's place. */
  readonly isSandbox: boolean;
  /** Logs what is valid but will not work. */
  readonly warn: () => void;
  /** Ends the embedded sandbox and removes its files. */
  readonly release: () => Promise<void>;
}

export async function prepare(config: Config): Promise<Prepared> {
  const embedded = config.upstream === undefined ? await embeddedSandbox() : undefined;
  const temporary = embedded !== undefined && config.dataDirectory === undefined ? temporaryFolder() : undefined;
  const dataDirectory = config.dataDirectory ?? temporary?.path ?? "data";
  const serverConfig = { ...(embedded === undefined ? withUpstream(config) : onSandbox(config, embedded)), dataDirectory };
  const ambient = createAmbient(serverConfig, { version: version(), rootDirectory });
  return {
    config: serverConfig,
    ambient,
    isSandbox: embedded !== undefined,
    warn() {
      const warnings = [...config.unknownNames, ...(embedded === undefined ? startWarnings(serverConfig) : [])];
      for (const warning of warnings) ambient.log.warn(warning);
    },
    async release() {
      await embedded?.sandbox.close();
      temporary?.remove();
    },
  };
}

type EmbeddedSandbox = Awaited<ReturnType<typeof embeddedSandbox>>;

async function embeddedSandbox() {
  const [{ startSandbox }, { cheatSheet }] = await Promise.all([import("../sandbox/sandbox.js"), import("../sandbox/cheat-sheet.js")]);
  return { sandbox: await startSandbox({ images: "sandbox" }), sheet: cheatSheet() };
}

type Answered = Omit<ServerConfig, "dataDirectory">;

function withUpstream({ upstream, ...config }: Config): Answered {
  if (upstream === undefined) throw new Error("there is neither a key nor a sandbox.");
  return { ...config, upstream };
}

/** The sandbox answers for all of 7digital, within this process, so plain http is safe. The sealing key is public on purpose: a browser
 *  keeps the demo user's token, which must stay good after a restart, and no real key may seal a token that is published. */
function onSandbox(config: Config, { sandbox: { baseUrl }, sheet }: EmbeddedSandbox): Answered {
  const { origin } = new URL(baseUrl);
  return {
    ...config,
    sealingKeys: [{ kid: "sandbox", secret: Buffer.alloc(32, "sandbox") }],
    demo: { user: { key: "demo-token", secret: "demo-token-secret" }, sheet, returnsHere: config.returnOrigins.length === 0 },
    upstream: {
      baseUrl,
      secureBaseUrl: baseUrl,
      accountUrl: origin,
      mediaUrl: `${origin}/media`,
      streamUrl: `${origin}/media`,
      streamServiceUrl: origin,
      previewUrl: origin,
      consumerKey: "sandbox",
      consumerSecret: "sandbox-secret",
    },
  };
}

/** Removed at the latest when the process ends, for whatever reason. */
function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), "7digital-graphql-"));
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once("exit", remove);
  return { path, remove };
}
