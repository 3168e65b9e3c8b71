/** Values of settings: how the text of the environment is parsed. Each message completes "<NAME> must be …". */
import { availableParallelism } from "node:os";
import { z } from "zod";
import { isCountryCode } from "../formats/country-code.js";
import { isShopId } from "../formats/value-formats.js";

/** An AES-256 key. `kid` names it in what it has sealed. */
export interface SealingKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

export function wholeNumber(least: number, most: number) {
  const advice = `a whole number from ${String(least)} to ${String(most)}`;
  const digits = z.string().regex(/^\d{1,15}$/, advice);
  return digits.transform(Number).refine((value) => value >= least && value <= most, advice);
}

const processCount = wholeNumber(1, 64);
/** "auto" is as many as there are cores. */
export const processes = z.string().transform((value, context) => {
  const parsed = processCount.safeParse(value === "auto" ? String(Math.min(64, availableParallelism())) : value);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: '"auto" or a whole number from 1 to 64' });
  return z.NEVER;
});

export const word = z.string().regex(/^[\x21-\x7e]+$/, "text without spaces");
/** A URL that paths are appended to and that is shown: no credentials, query or fragment. */
const plainUrl = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/i;
const urlAdvice = "an http(s) URL without user, query and fragment";
function urlEndingIn(end: string, advice: string) {
  const trimmed = z.string().transform((value) => value.replace(/\/+$/, ""));
  return trimmed.refine((value) => plainUrl.test(value) && URL.canParse(value) && value.endsWith(end), advice);
}

export const url = urlEndingIn("", urlAdvice);

function namesDatabase({ pathname, searchParams }: URL): boolean {
  return /^\/?\d*$/.test(pathname) && !searchParams.has("db");
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

export const postgresUrl = z
  .string()
  .refine((value) => /^postgres(?:ql)?:\/\/[^\s]+$/.test(value) && URL.canParse(value), "a URL that begins with postgres://");
export const redisUrl = z
  .string()
  .refine((value) => /^rediss?:\/\/[^\s/]+/.test(value) && URL.canParse(value), "a URL that begins with redis:// or rediss://")
  // The client of Redis would end the process.
  .refine(
    (value) => !URL.canParse(value) || (namesDatabase(new URL(value)) && isDecodable(value)),
    "a URL like rediss://user:password@host:6379/0, with special characters of the password as %23",
  );
export const apiUrl = urlEndingIn("/1.2", `${urlAdvice} that ends in /1.2`);
export const country = z
  .string()
  .refine(isCountryCode, 'two letters of ISO 3166-1, for example "GB"')
  .transform((value) => value.toUpperCase());
export const shopId = z.string().refine(isShopId, 'a whole number, for example "34"');

export const yesOrNo = z
  .string()
  .regex(/^(?:true|false)$/, '"true" or "false"')
  .transform((value) => value === "true");
export const onOrOff = z.enum(["on", "off"], { error: '"on" or "off"' }).transform((value) => value === "on");
export const typeNamePrefix = z.string().regex(/^(?:[A-Z][A-Za-z0-9]{0,29})?$/, "at most 30 letters and digits, the first a capital");
export const secretWord = z.string().regex(/^[\x21-\x7e]{16,}$/, "at least 16 characters without spaces");

/** Several values in one setting, separated by commas. */
export function listed<T>(one: z.ZodType<T>) {
  const texts = z.string().transform((value) => value.split(",").map((part) => part.trim()));
  return texts.transform((values, context): readonly T[] =>
    values.map((value) => {
      const parsed = one.safeParse(value);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "valid" });
      return z.NEVER;
    }),
  );
}

const usageType = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(
    z.enum(["download", "subscriptionstreaming", "adsupportedstreaming"], {
      error: "download, subscriptionstreaming, adsupportedstreaming, or several of them separated by commas",
    }),
  );
export const usageTypes = listed(usageType).refine((types) => new Set(types).size === types.length, "usage types that are each named once");

// An asterisk would be taken for a host name, not for a wildcard.
export const origin = z.string().refine((value) => /^https?:[^*]+$/.test(value) && URL.parse(value)?.origin === value, {
  message: "origins such as https://shop.example, separated by commas",
});
const sealingKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=$/, "pairs of a name and 32 bytes in base64 (name:key), separated by commas")
  .transform((value): SealingKey => {
    const [kid = "", secret = ""] = value.split(":");
    return { kid, secret: Buffer.from(secret, "base64") };
  });
export const sealingKeys = listed(sealingKey).refine(
  (keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
  "keys of different names",
);
