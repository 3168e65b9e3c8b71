/** What the operations of one process share. Nothing in here belongs to a user. */
import type { UpstreamConfig } from "../config.js";
import type { Purchases } from "../purchase/intent.js";
import type { Quotes } from "../shared/quote.js";
import type { Turns } from "../shared/turns.js";
import type { Sealer } from "../shared/sealing.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";

export interface Services {
  readonly client: Client;
  /** Where 7digital's pages and media are, and by which key we are known there. */
  readonly sites: Pick<UpstreamConfig, "accountUrl" | "mediaUrl" | "streamUrl" | "previewUrl" | "consumerKey">;
  /** Catalogue and locker may cut their pages differently. */
  readonly pageSizes: { readonly catalogue: PageSizeLimit; readonly locker: PageSizeLimit };
  readonly sealer: Sealer;
  readonly quotes: Quotes;
  readonly purchases: Purchases;
  /** Of all that changes or spends a basket, under the basket's id in lower case. */
  readonly basketTurns: Turns;
  /** Origins that return URLs may lead to. */
  readonly returnOrigins: readonly string[];
  readonly accessTokenSeconds: number;
  /** Epoch milliseconds. */
  now(): number;
}
