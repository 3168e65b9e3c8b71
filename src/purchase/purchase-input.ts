/** What the inputs of all purchases have in common: keys, tags, items. @see API document, "Purchasing" */
import { parseNodeId } from "../graph/node-id.js";
import { inputError, operationError } from "../shared/user-error.graph.js";
import type { GraphContext } from "../graph/context.js";
import { isSendable } from "../upstream/percent-encoding.js";
import type { UserCredential } from "../upstream/session.js";
import type { PurchasedItem } from "./attempt.js";
import { Refused } from "./refused.js";

export interface TagInput {
  readonly key: string;
  readonly value: string;
}

const mostTags = 10;
const longestValue = 100;

/** @throws Refused where nobody has signed in. */
export function buyer({ user }: GraphContext): UserCredential {
  if (user === undefined) throw new Refused(operationError("UNAUTHENTICATED", "Sign in first: purchases are for users."));
  return user;
}

/** Counts a new purchase. @throws Refused where the user has begun too many of late. */
export function admitted({ allowed }: GraphContext): void {
  if (allowed.takePurchase()) return;
  const advice =
    "These were too many purchases within a minute, so this time nothing was sent. Send the same again later, with the same key.";
  throw new Refused(operationError("RATE_LIMITED", advice, { retryable: true }));
}

export function isIdempotencyKey(text: string): boolean {
  return /^[A-Za-z0-9_-]{16,64}$/.test(text);
}

/** @throws Refused */
export function checkedKey(idempotencyKey: string): string {
  if (isIdempotencyKey(idempotencyKey)) return idempotencyKey;
  const advice = "An idempotency key is 16 to 64 letters, digits, _ or -: make a new one, for example a UUID, for every new purchase.";
  throw new Refused(inputError(["input", "idempotencyKey"], advice));
}

/** @throws Refused */
export function checkedTags(tags: readonly TagInput[] | null | undefined): Readonly<Record<string, string>> {
  const given = tags ?? [];
  const field = (index: number, name: string): string[] => ["input", "tags", String(index), name];
  if (given.length > mostTags) throw new Refused(inputError(["input", "tags"], `Send at most ${String(mostTags)} tags.`));
  const names = new Set<string>();
  given.forEach(({ key, value }, index) => {
    if (!/^[A-Za-z0-9_]{1,50}$/.test(key))
      throw new Refused(inputError(field(index, "key"), "A tag's key is 1 to 50 letters, digits or _."));
    if (names.has(key)) throw new Refused(inputError(field(index, "key"), "Every tag has a key of its own."));
    if (value === "" || value.length > longestValue || !isSendable(value)) {
      throw new Refused(inputError(field(index, "value"), `A tag's value is 1 to ${String(longestValue)} characters.`));
    }
    names.add(key);
  });
  return Object.fromEntries(given.map(({ key, value }) => [key, value]));
}

/** The release or track an id names; of a track the release may be left untold. @throws GraphQLError BAD_USER_INPUT, Refused */
export function itemOf(itemId: string): { readonly releaseId: string | undefined; readonly trackId: string | undefined } {
  const { kind, id, releaseId } = parseNodeId("itemId", itemId);
  if (kind === "release") return { releaseId: id, trackId: undefined };
  if (kind === "track") return { releaseId, trackId: id };
  throw new Refused(inputError(["input", "itemId"], "Only releases and tracks can be bought: send the id of one."));
}

/** @throws Refused where the id of a track does not tell its release. */
export function wholeItem({ releaseId, trackId }: ReturnType<typeof itemOf>): PurchasedItem {
  if (releaseId !== undefined) return { releaseId, trackId };
  throw new Refused(inputError(["input", "itemId"], 'Send the track\'s id with its release, as its `id` tells: "track:1628015:155408".'));
}
