/** Checks that orders share: user, key, tags, item. @see API document, "Purchasing" */
import { parseNodeId } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import { operationError } from "../shared/user-error.js";
import { isSendable } from "../upstream/request/percent-encoding.js";
import type { PurchasedItem } from "./attempt.js";
import type { Tags, Terms } from "./order.js";
import { PurchaseRejected, rejectInput } from "./purchase-error.js";

/** What the input of every order has. */
export interface OrderInput {
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
}

export interface TaggedInput extends OrderInput {
  readonly salesTags?: readonly { readonly key: string; readonly value: string }[] | null | undefined;
}

const maxTags = 10;
const maxValueLength = 100;

export function isIdempotencyKey(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}

/** @throws PurchaseRejected where no user is signed in, or the key is not one. */
export function checkTerms({ idempotencyKey, acknowledgeUnknown }: OrderInput, { user }: Scope): Omit<Terms, "store"> {
  if (user === undefined) throw new PurchaseRejected(operationError("UNAUTHENTICATED", "Sign in first: purchases are for users."));
  if (isIdempotencyKey(idempotencyKey)) return { user, idempotencyKey, acknowledgeUnknown };
  const advice = "An idempotency key is 16 to 64 letters, digits, _ or -: make a new one, for example a UUID, for every new purchase.";
  throw rejectInput("idempotencyKey", advice);
}

/** @throws PurchaseRejected */
export function checkTags({ salesTags: input }: TaggedInput): Tags {
  const tags = input ?? [];
  if (tags.length > maxTags) throw rejectInput("salesTags", `Send at most ${String(maxTags)} tags.`);
  const keys = new Set<string>();
  tags.forEach(({ key, value }, index) => {
    if (!/^[A-Za-z0-9_]{1,50}$/.test(key))
      throw rejectInput(["salesTags", String(index), "key"], "A tag's key is 1 to 50 letters, digits or _.");
    if (keys.has(key)) throw rejectInput(["salesTags", String(index), "key"], "Every tag has a key of its own.");
    if (value === "" || value.length > maxValueLength || !isSendable(value)) {
      throw rejectInput(["salesTags", String(index), "value"], `A tag's value is 1 to ${String(maxValueLength)} characters.`);
    }
    keys.add(key);
  });
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}

/** The release or track that an id names. A track's id may leave out its release. @throws ClientError BAD_USER_INPUT, PurchaseRejected */
export function findItem(itemId: string): { readonly releaseId?: string | undefined; readonly trackId?: string } {
  const { kind, id, releaseId } = parseNodeId("itemId", itemId);
  if (kind === "release") return { releaseId: id };
  if (kind === "track") return { releaseId, trackId: id };
  throw rejectInput("itemId", "Only releases and tracks can be bought: send the id of one.");
}

/** As `findItem`, with its release. @throws ClientError BAD_USER_INPUT, PurchaseRejected */
export function findWholeItem(itemId: string): PurchasedItem {
  const { releaseId, trackId } = findItem(itemId);
  if (releaseId !== undefined) return { releaseId, trackId };
  throw rejectInput("itemId", 'Send the track\'s id with its release, as its `id` tells: "track:1628015:155408".');
}
