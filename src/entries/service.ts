/** Starts the service: what `7digital-graphql start` and `createServer` have in common. */
import type { RunningServer } from "../app/server.js";
import type { Config } from "../config/config.js";
import { prepare, type Prepared } from "./prepare.js";

export interface Service extends Pick<Prepared, "isSandbox"> {
  /** Where the graph is served. */
  readonly url: string;
  /** Of the API that answers. */
  readonly baseUrl: string;
  readonly log: Prepared["ambient"]["log"];
  readonly drain: RunningServer["drain"];
  /** Closes the server, and then the embedded sandbox. */
  readonly close: () => Promise<void>;
}

/** @throws Error where the address is in use, or PERSISTED_OPERATIONS cannot be read. */
export async function startService(config: Config): Promise<Service> {
  const { config: serverConfig, ambient, isSandbox, warn, release } = await prepare(config);
  // It takes by far the longest to load.
  const { startServer } = await import("../app/server.js");
  const server = await startServer(serverConfig, ambient).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  warn();
  return {
    url: server.url,
    baseUrl: serverConfig.upstream.baseUrl,
    isSandbox,
    log: ambient.log,
    drain: server.drain,
    async close() {
      await server.close();
      await release();
    },
  };
}
