import { describe, expect, it } from "vitest";
import type { SealingKey } from "../../../src/config/setting-values.js";
import { createQuotes, type Quoted } from "../../../src/shared/quote.js";

const key = (kid: string, byte: number): SealingKey => ({ kid, secret: Buffer.alloc(32, byte) });
const shown: Quoted = {
  releaseId: "155408",
  trackId: "1628015",
  store: { country: "GB" },
  currencyCode: "GBP",
  amount: "0.79",
  rrp: "0.99",
};
const minute = 60_000;

function quotes(keys: readonly [SealingKey, ...SealingKey[]], nowMs = 0) {
  return createQuotes(keys, 10 * minute, () => nowMs);
}

describe("a quote", () => {
  it.each([
    ["of a track in a country's store", shown],
    ["of a release in a shop", { ...shown, trackId: undefined, store: { shopId: "34" } }],
    ["of something without one of the prices", { ...shown, amount: null }],
  ])("%s tells what was shown", (_what, quoted) => {
    const one = quotes([key("a", 1)]);
    expect(one.read(one.make(quoted))).toEqual({ quoted, expired: false });
  });

  it("says when it is too old, and what it was of", () => {
    const made = quotes([key("a", 1)]).make(shown);
    expect(quotes([key("a", 1)], 10 * minute - 1).read(made)).toEqual({ quoted: shown, expired: false });
    expect(quotes([key("a", 1)], 10 * minute).read(made)).toEqual({ quoted: shown, expired: true });
  });

  it("is believed after its key was rotated, as long as the key is kept", () => {
    const made = quotes([key("old", 1)]).make(shown);
    expect(quotes([key("new", 2), key("old", 1)]).read(made)?.quoted).toEqual(shown);
    expect(quotes([key("new", 2)]).read(made)).toBeUndefined();
  });

  it("is not believed where anything of it was changed", () => {
    const one = quotes([key("a", 1)]);
    const made = one.make(shown);
    const [kid = "", claims = "", signature = ""] = made.split(".");
    const cheaper = Buffer.from(Buffer.from(claims, "base64url").toString().replace("0.79", "0.01")).toString("base64url");
    const wrong = [
      `${kid}.${cheaper}.${signature}`,
      `${kid}.${claims}.${signature.slice(0, -2)}AA`,
      `${kid}.${claims}.${signature.slice(4)}`,
      `${kid}.${claims}.`,
      `${kid}.${claims}`,
      `${made}.x`,
      `b.${claims}.${signature}`,
      "",
      "..",
      "x".repeat(10_000),
    ];
    for (const quote of wrong) expect(one.read(quote)).toBeUndefined();
  });

  it("is not believed where it was signed by a key for something else", () => {
    expect(quotes([key("a", 1)]).read(quotes([key("a", 2)]).make(shown))).toBeUndefined();
  });
});
