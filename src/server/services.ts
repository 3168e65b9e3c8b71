/** Makes what the operations of this process share, from the configuration. */
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { SealingKey } from "../config.js";
import type { Services } from "../graph/services.js";
import type { AttemptStore } from "../purchase/attempt-store.js";
import { createPurchases } from "../purchase/purchases.js";
import { createPostgresAttemptStore } from "../purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../purchase/stores/sqlite-attempt-store.js";
import { createQuotes } from "../shared/quote.js";
import { Turns } from "../shared/turns.js";
import { createSealer } from "../shared/sealing.js";
import { PageSizeLimit } from "../shared/window-read.js";
import { createClient } from "../upstream/create-client.js";
import type { ServerAmbient, ServerConfig } from "./server-config.js";
import type { Telemetry } from "./telemetry.js";

/** For calls that nobody waits for any more. */
const lastCallsMs = 1000;

export interface OwnedServices extends Services {
  /** Resolves when purchases under way have ended, however long they take, and other calls, or soon after. */
  close(): Promise<void>;
}

export function createServices(config: ServerConfig, ambient: ServerAmbient, telemetry: Telemetry): OwnedServices {
  const client = createClient({ ...config, ...config.upstream }, { ...ambient, observe: telemetry.called, noticed: telemetry.noticed });
  telemetry.watch(client);
  const now = (): number => ambient.now();
  const keys = sealingKeys(config.sealingKeys);
  const purchases = createPurchases({
    store: telemetry.watchingAttempts(attemptStore(config)),
    // Lockers tell the time of 7digital.
    now: () => client.now(),
    newId: randomUUID,
    timeoutMs: config.purchaseTimeoutMs,
    settleDelaysMs: config.settleDelaysMs,
    report: telemetry.report,
  });
  return {
    client,
    sites: config.upstream,
    pageSizes: { catalogue: new PageSizeLimit(config.pageSizeLimit), locker: new PageSizeLimit(config.pageSizeLimit) },
    sealer: createSealer(keys, now),
    quotes: createQuotes(keys, config.quoteMinutes * 60_000, now),
    purchases,
    basketTurns: new Turns(),
    returnOrigins: config.returnOrigins,
    accessTokenSeconds: config.accessTokenDays * 86_400,
    now,
    async close() {
      await purchases.close();
      // Whoever asked is answered, or was cut off.
      await Promise.race([client.close(), wait(lastCallsMs, undefined, { ref: false })]);
    },
  };
}

function attemptStore({ databaseUrl, dataDirectory }: ServerConfig): AttemptStore {
  return databaseUrl === undefined ? createSqliteAttemptStore(dataDirectory) : createPostgresAttemptStore(databaseUrl);
}

/** One that lives as long as the process, where none is configured. */
function sealingKeys([first, ...rest]: readonly SealingKey[]): readonly [SealingKey, ...SealingKey[]] {
  return [first ?? { kid: "start", secret: randomBytes(32) }, ...rest];
}
