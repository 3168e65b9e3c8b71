/** A record as databases keep it: JSON with a checksum, so that a damaged record is never believed. And the digests in it. */
import { createHash, createHmac } from "node:crypto";
import type { AttemptRecord } from "../attempt.js";
import { RecordsUnavailable } from "../attempt-store.js";

export interface KeptRecord {
  readonly record: string;
  readonly checksum: string;
}

export function toKept(record: AttemptRecord): KeptRecord {
  const text = JSON.stringify(record);
  return { record: text, checksum: checksumOf(text) };
}

/** @throws RecordsUnavailable where the record is damaged. */
export function fromKept({ record, checksum }: KeptRecord): AttemptRecord {
  if (checksumOf(record) !== checksum) throw new RecordsUnavailable("a record is damaged");
  return JSON.parse(record) as AttemptRecord;
}

function checksumOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** @param secret The database's own, in base64. */
export function keyedDigest(secret: string, text: string): string {
  return createHmac("sha256", Buffer.from(secret, "base64")).update(text).digest("base64url");
}
