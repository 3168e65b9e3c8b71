/** The stand-in of the 7digital API: starts it, and hands out what it was asked and how it may be made to fail. */

import type { Accounts } from "./accounts/model.js";
import { createCatalogue } from "./catalogue/catalogue.js";
import { keyPair } from "./http/certificate.js";
import { DailyLimit } from "./api/daily-limit.js";
import { Faults } from "./faults/faults.js";
import type { Gateway, ImageAddresses } from "./api/gateway.js";
import { Journal } from "./api/journal.js";
import { MethodTable } from "./api/method-table.js";
import { methods } from "./methods/methods.js";
import { NonceMemory } from "./oauth/signature-check.js";
import { listen } from "./http/one-port-server.js";
import { requestListener } from "./http/request-listener.js";
import { specialRules } from "./faults/special-ids.js";
import { clearState, createState } from "./shop/state.js";
import type { Sale } from "./shop/till.js";
import type { Downloads } from "./sites/media/downloads.js";
import { createSites } from "./sites/sites.js";

export interface SandboxOptions {
  /** 0, which is the default, for any free one. */
  readonly port?: number;
  readonly host?: string;
  /** A larger pageSize is cut down to it without an error. The document's 500 stays the most that may be asked. */
  readonly maxPageSize?: number;
  /** Epoch ms. */
  readonly now?: () => number;
  /** Calls a consumer key may make in a UTC day. The document's 4000 is less than an afternoon of exploring. */
  readonly dailyLimit?: number;
  /** Where image addresses in answers lead: to 7digital's hosts, as in the API document (default), or to the sandbox, which draws the
   *  images. It serves them either way. */
  readonly images?: ImageAddresses;
}

export interface Sandbox {
  readonly port: number;
  /** With the version prefix: http://127.0.0.1:PORT/1.2 */
  readonly baseUrl: string;
  /** The same port. */
  readonly secureBaseUrl: string;
  /** PEM of what the sandbox speaks TLS with. Made on the first call, since that takes a while. */
  certificate(): Promise<string>;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly accounts: Accounts;
  /** What was sold and delivered since the start or the last reset, in order. */
  readonly sales: readonly Sale[];
  /** What the media hosts delivered. */
  readonly downloads: Downloads;
  /** Forgets calls, faults, nonces, quota and all that calls have changed, and stays where it is. */
  reset(): void;
  /** Ends open connections. */
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", maxPageSize = 500, now = Date.now, dailyLimit = 1_000_000, images = "7digital" } = options;
  const journal = new Journal();
  const faults = new Faults(specialRules);
  const catalogue = createCatalogue();
  const state = createState(catalogue);
  const gateway: Gateway = {
    ...state,
    methods: new MethodTable(methods),
    catalogue: state.priceChanges.catalogue,
    dailyLimit: new DailyLimit(dailyLimit),
    nonces: new NonceMemory(),
    maxPageSize,
    images,
  };
  const sites = createSites(state.accounts, catalogue, gateway.nonces);
  const reset = () => {
    for (const memory of [journal, faults, gateway.nonces, gateway.dailyLimit, sites]) memory.clear();
    clearState(state);
  };
  const served = { gateway, sites, journal, faults, sales: state.till.sales, reset, now };
  const server = await listen(port, host, (secure) => requestListener(served, secure));
  const authority = `${reachable(host)}:${server.port}`;
  return {
    port: server.port,
    baseUrl: `http://${authority}/1.2`,
    secureBaseUrl: `https://${authority}/1.2`,
    certificate: async () => (await keyPair()).certificate,
    journal,
    faults,
    accounts: state.accounts,
    sales: state.till.sales,
    downloads: sites.downloads,
    reset,
    close: () => server.close(),
  };
}

/** An address that listens everywhere is no address to call. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
