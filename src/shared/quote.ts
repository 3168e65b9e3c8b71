/** The price that somebody was shown, in a form that proves that it was we who showed it, and when. Unlike what `sealing.ts` seals it is
 *  no secret and is made for every price that is asked for, so it is signed (HMAC-SHA256), without waiting, instead of encrypted. */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { bound } from "./scope.js";
import type { SealingKey } from "../config/setting-values.js";
import type { ForSale } from "./price-reading.js";

/** What was shown. Amounts are decimal text as 7digital sent it; null where it sent none. */
export interface Quoted extends ForSale {
  readonly currencyCode: string;
  readonly amount: string | null;
  readonly rrp: string | null;
}

export interface Quotes {
  make(quoted: Quoted): string;
  /** Undefined where it was not made here or was changed. An expired one is still read: an earlier purchase may be known by it. */
  read(quote: string): { readonly quoted: Quoted; readonly expired: boolean } | undefined;
}

export const quoting = bound<Quotes>("quotes");

const optionalText = z.string().nullable();
const content = z.tuple([z.string(), optionalText, optionalText, optionalText, z.string(), optionalText, optionalText, z.number()]);
const longest = 512;

/** @param keys The first signs, all are believed. @param now Epoch milliseconds. */
export function createQuotes(keys: readonly [SealingKey, ...SealingKey[]], lifetimeMs: number, now: () => number): Quotes {
  // Keys of their own: what proves a price must not open a token.
  const byName = new Map(keys.map(({ kid, secret }) => [kid, Buffer.from(hkdfSync("sha256", secret, "", "quote", 32))]));
  const { kid: current } = keys[0];

  function signature(kid: string, text: string): Buffer | undefined {
    const key = byName.get(kid);
    return key && createHmac("sha256", key).update(text).digest();
  }

  return {
    make({ releaseId, trackId, store, currencyCode, amount, rrp }) {
      const [country, shopId] = "shopId" in store ? [null, store.shopId] : [store.country, null];
      const fields = [releaseId, trackId ?? null, country, shopId, currencyCode, amount, rrp, Math.ceil(now() + lifetimeMs)];
      const text = `${current}.${Buffer.from(JSON.stringify(fields)).toString("base64url")}`;
      return `${text}.${signature(current, text)?.toString("base64url") ?? ""}`;
    },

    read(quote) {
      const [kid = "", encoded = "", given = "", ...rest] = quote.length > longest ? [] : quote.split(".");
      const expected = signature(kid, `${kid}.${encoded}`);
      const signed = Buffer.from(given, "base64url");
      if (rest.length > 0 || expected?.length !== signed.length || !timingSafeEqual(expected, signed)) return undefined;
      const [releaseId, trackId, country, shopId, currencyCode, amount, rrp, untilMs] = content.parse(
        JSON.parse(Buffer.from(encoded, "base64url").toString("utf8")),
      );
      const store = shopId === null ? { country: country ?? "" } : { shopId };
      return { quoted: { releaseId, trackId: trackId ?? undefined, store, currencyCode, amount, rrp }, expired: now() >= untilMs };
    },
  };
}
