/** Creates what all operations of the process share: client, purchases, sealing, and the bindings of every scope. */
import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { SealingKey } from "../config/setting-values.js";
import { accessTokenSeconds } from "../account/sign-in.js";
import { basketTurns } from "../basket/turns.js";
import { ItemPages, itemPages } from "../shared/item-pages.js";
import { AttemptWatch, attemptWatch } from "../purchase/attempt-watch.js";
import { PurchaseService, purchaseService } from "../purchase/purchase-service.js";
import { createQuotes, quoting } from "../shared/quote.js";
import { returnOrigins } from "../shared/return-url.js";
import { batchSize } from "../shared/batches.js";
import { Bindings, clock } from "../shared/scope.js";
import { createUserIds, userIds } from "../shared/user-id.js";
import { sites } from "../shared/sites.js";
import { alone, type Peers } from "../shared/peers.js";
import { createSealer, sealing } from "../shared/sealing.js";
import { pageSizeLimits } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";
import { createClient } from "../upstream/create-client.js";
import { madeUpKey } from "./made-up-key.js";
import { createPageSizes } from "./page-sizes.js";
import { countAttempts, createAttemptStore, createPurchaseReport, createRecordsCheck } from "./attempts.js";
import type { ServerAmbient } from "./ambient.js";
import type { ServerConfig } from "./server-config.js";
import type { Telemetry } from "../telemetry/telemetry.js";

/** For calls whose clients are gone. */
const lastCallsMs = 1000;

/** @param origins Allowed origins of return URLs. */
export function createServices(config: ServerConfig, ambient: ServerAmbient, telemetry: Telemetry, origins: () => readonly string[]) {
  const { observeCall: observe, observeReading: noticed } = telemetry;
  const { now, redis, peers = alone() } = ambient;
  const client = createClient(
    { ...config, ...config.upstream },
    { ...ambient, observe, noticed, quotaPeers: peers.quota, sharedAnswers: redis?.answers },
  );
  telemetry.watch(client);
  const keys = sealingKeys(config.sealingKeys);
  const { purchases, watch } = createPurchases(config, telemetry, { client, peers });
  const sealer = createSealer(keys, now);
  const pageSizes = createPageSizes(config.pageSizeLimit, peers);
  const seenPages = new ItemPages();
  const bindings = new Bindings()
    .bind(clock, now)
    .bind(sites, config.upstream)
    .bind(pageSizeLimits, pageSizes)
    .bind(itemPages, seenPages)
    .bind(batchSize, config.batchSize)
    .bind(sealing, sealer)
    .bind(quoting, createQuotes(keys, config.quoteMinutes * 60_000, now))
    .bind(userIds, createUserIds(keys))
    .bind(purchaseService, purchases)
    .bind(attemptWatch, watch)
    .bind(basketTurns, peers.turns)
    .bind(returnOrigins, origins)
    .bind(accessTokenSeconds, config.accessTokenDays * 86_400);
  return {
    client,
    now,
    sealer,
    pageSizes,
    seenPages,
    /** In the scope of every operation. */
    bindings,
    /** Subscriptions end, and other operations go on. */
    interrupt(): void {
      watch.close();
    },
    /** Resolves when all purchases under way have ended, and other calls have ended or had a second. */
    async close(): Promise<void> {
      await purchases.close();
      await Promise.race([client.close(), wait(lastCallsMs, undefined, { ref: false })]);
      redis?.close();
    },
  };
}

/** What buys, and what waits for purchases to end. */
function createPurchases(config: ServerConfig, telemetry: Telemetry, { client, peers }: { client: Client; peers: Peers }) {
  const attempts = createAttemptStore(config);
  const checkRecords = telemetry.watchRecords({ check: createRecordsCheck(attempts), risks: () => attempts.risks() });
  // A file is left alone until something needs it. A server is asked at once, so that the log says at the start what is wrong.
  if (config.databaseUrl !== undefined) void checkRecords();
  const purchases = new PurchaseService({
    store: countAttempts(attempts, telemetry.countPurchase),
    // Purchase times in lockers follow 7digital's clock.
    now: () => client.now(),
    newId: randomUUID,
    timeoutMs: config.purchaseTimeoutMs,
    reconcileDelaysMs: config.settleDelaysMs,
    report: createPurchaseReport(telemetry),
  });
  const { subscriptions: most, subscriptionsPerUser: mostPerUser } = config.limits;
  return { purchases, watch: new AttemptWatch({ purchases, most, mostPerUser, ofUsers: peers.counts("subscriptions", mostPerUser) }) };
}

/** Without configured keys, a random one for the life of the process. */
function sealingKeys([first, ...rest]: readonly SealingKey[]): readonly [SealingKey, ...SealingKey[]] {
  return [first ?? madeUpKey(), ...rest];
}
