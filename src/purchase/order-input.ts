/** Checks that all orders share: user, key, tags, item. @see API document, "Purchasing" */
import { parseNodeId } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import { inputError, operationError } from "../shared/user-error.js";
import { isSendable } from "../upstream/request/percent-encoding.js";
import type { UserCredential } from "../upstream/session.js";
import type { PurchasedItem } from "./attempt.js";
import type { Tags } from "./order.js";
import { PurchaseRejected } from "./purchase-rejected.js";

export interface TagInput {
  readonly key: string;
  readonly value: string;
}

const maxTags = 10;
const maxValueLength = 100;

/** @throws PurchaseRejected where no user is signed in. */
export function requireUser({ user }: Scope): UserCredential {
  if (user === undefined) throw new PurchaseRejected(operationError("UNAUTHENTICATED", "Sign in first: purchases are for users."));
  return user;
}

export function isIdempotencyKey(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}

/** @throws PurchaseRejected */
export function checkKey(idempotencyKey: string): string {
  if (isIdempotencyKey(idempotencyKey)) return idempotencyKey;
  const advice = "An idempotency key is 16 to 64 letters, digits, _ or -: make a new one, for example a UUID, for every new purchase.";
  throw new PurchaseRejected(inputError(["input", "idempotencyKey"], advice));
}

/** @throws PurchaseRejected */
export function checkTags(input: readonly TagInput[] | null | undefined): Tags {
  const tags = input ?? [];
  const rejection = (path: readonly string[], advice: string): PurchaseRejected =>
    new PurchaseRejected(inputError(["input", "tags", ...path], advice));
  if (tags.length > maxTags) throw rejection([], `Send at most ${String(maxTags)} tags.`);
  const keys = new Set<string>();
  tags.forEach(({ key, value }, index) => {
    if (!/^[A-Za-z0-9_]{1,50}$/.test(key)) throw rejection([String(index), "key"], "A tag's key is 1 to 50 letters, digits or _.");
    if (keys.has(key)) throw rejection([String(index), "key"], "Every tag has a key of its own.");
    if (value === "" || value.length > maxValueLength || !isSendable(value)) {
      throw rejection([String(index), "value"], `A tag's value is 1 to ${String(maxValueLength)} characters.`);
    }
    keys.add(key);
  });
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** The release or track that an id names. A track's id may leave out its release. @throws ClientError BAD_USER_INPUT, PurchaseRejected */
export function findItem(itemId: string): { readonly releaseId: string | undefined; readonly trackId: string | undefined } {
  const { kind, id, releaseId } = parseNodeId("itemId", itemId);
  if (kind === "release") return { releaseId: id, trackId: undefined };
  if (kind === "track") return { releaseId, trackId: id };
  throw new PurchaseRejected(inputError(["input", "itemId"], "Only releases and tracks can be bought: send the id of one."));
}

/** As `findItem`, with its release. @throws ClientError BAD_USER_INPUT, PurchaseRejected */
export function findWholeItem(itemId: string): PurchasedItem {
  const { releaseId, trackId } = findItem(itemId);
  if (releaseId !== undefined) return { releaseId, trackId };
  const advice = 'Send the track\'s id with its release, as its `id` tells: "track:1628015:155408".';
  throw new PurchaseRejected(inputError(["input", "itemId"], advice));
}
