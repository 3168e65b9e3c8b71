/** Secrets of the tests, which must appear in no error, no extension, no line of the log, no metric, no trace and no record of a purchase.
 *  `startFacade` looks at all of these after every operation or at the end of every test. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const canaries: readonly string[] = [
  "sandbox-secret",
  "demo-token",
  "other-token",
  "expired-card-token",
  "no-card-token",
  "declined-card-token",
  "operator-secret-",
  "oauth_signature",
  "oauth_nonce",
  "nonce-",
  "ABC123",
  "FREE-TRACK",
  "TEN-OFF",
  "NOT-APPLICABLE",
  "@sandbox.test",
  "@example.test",
  "partner-user",
  "correct horse",
  // Name on the cards.
  "A Customer",
  // What the log's own filter puts in place of secrets: none should have come so far.
  "[secret]",
  "[e-mail]",
];

/** Those of them that the text holds. */
export function canariesIn(text: string): readonly string[] {
  return canaries.filter((canary) => text.includes(canary));
}

/** Those that stand in what a façade has kept on the disk. */
export function canariesKeptIn(directory: string): readonly string[] {
  let files: readonly string[];
  try {
    files = readdirSync(directory);
  } catch {
    return [];
  }
  return files.flatMap((file) => canariesIn(readFileSync(join(directory, file), "latin1")));
}
