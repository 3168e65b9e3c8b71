import { randomBytes } from "node:crypto";
import type { SealingKey } from "../config/setting-values.js";

/** A sealing key for the life of the service, where none is configured. */
export function madeUpKey(): SealingKey {
  return { kid: "start", secret: randomBytes(32) };
}
