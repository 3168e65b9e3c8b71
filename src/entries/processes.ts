/** Starts the service as several processes on one port. This one is the primary: it has the sandbox, and what the others share. */
import { madeUpKey } from "../app/made-up-key.js";
import type { Config } from "../config/config.js";
import { startWorkers } from "../processes/primary.js";
import { shareOf } from "../processes/share.js";
import { prepare } from "./prepare.js";
import type { Service } from "./service.js";
import type { WorkerSetup } from "./worker.js";

/** @throws Error where the first start of a process fails, with its reason. */
export async function startProcesses(config: Config): Promise<Service> {
  const { config: serverConfig, ambient, isSandbox, warn, release } = await prepare(config);
  const { processes: count, sealingKeys } = serverConfig;
  // What one process seals, all can open.
  const shared = { ...shareOf(serverConfig, count), sealingKeys: sealingKeys.length > 0 ? sealingKeys : [madeUpKey()] };
  const workers = await startWorkers<WorkerSetup>({
    ...ambient,
    count,
    setupOf: (number, port = shared.port) => ({ config: { ...shared, port }, number }),
  }).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  warn();
  return {
    url: workers.url,
    baseUrl: serverConfig.upstream.baseUrl,
    isSandbox,
    log: ambient.log,
    drain: workers.drain,
    async close() {
      await workers.close();
      await release();
    },
  };
}
