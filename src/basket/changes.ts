/** Changes to a basket beside adding lines: making one, removing lines, applying a voucher. */
import type { Client } from "../upstream/client.js";
import { operationError, type UserErrorFacts } from "../shared/user-error.js";
import type { Store } from "../upstream/session.js";
import { basketApplyVoucher } from "./endpoints/basket-apply-voucher.js";
import { basketCreate } from "./endpoints/basket-create.js";
import { basketRemoveItem } from "./endpoints/basket-remove-item.js";
import type { BasketAt, BasketInStore } from "./reading.js";
import { isReadable } from "../upstream/xml/unreadable.js";
import { notReachedError, sendWrite, unclearError, writeBasket, type Written } from "./write.js";

export interface BasketChange {
  /** As the last answer shows it; null where no answer did. */
  readonly basket: BasketInStore | null;
  readonly userErrors: readonly UserErrorFacts[];
}

/** @throws UpstreamError where 7digital does not accept our credentials. */
export async function createBasket(client: Client, store: Store): Promise<BasketChange> {
  const written = await sendWrite(client, { store }, ["input"], basketCreate, {});
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  const message = "7digital did not answer clearly. An empty basket may have been made that no client knows: make another one.";
  const error = errorOf(written) ?? operationError("OUTCOME_UNKNOWN", message, { retryable: true });
  return { basket: null, userErrors: [error] };
}

/** @throws UpstreamError where 7digital does not accept our credentials. */
export async function applyVoucher(client: Client, at: BasketAt, voucherCode: string): Promise<BasketChange> {
  const written = await writeBasket(client, at, ["code"], basketApplyVoucher, { basketId: at.basketId, voucherCode });
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  if (written.kind === "unclear") {
    return {
      basket: written.basket ?? null,
      userErrors: [unclearError(["code"], "The voucher may have been applied: look at what is due.")],
    };
  }
  return { basket: null, userErrors: [voucherErrorOf(written)] };
}

export interface VoucherErrorFacts extends UserErrorFacts {
  readonly type: "VoucherError";
}

function voucherErrorOf(written: Exclude<Written, { kind: "done" | "unclear" }>): UserErrorFacts {
  const error = errorOf(written);
  const { code, sevendigitalCode } = written.cause;
  if (sevendigitalCode === "3012") {
    const message = "The voucher was not applied: it is not valid, has expired, is used up, or fits nothing in the basket.";
    const rejected: VoucherErrorFacts = { type: "VoucherError", code: "VOUCHER_REJECTED", message, field: ["code"], retryable: false };
    return rejected;
  }
  // Only the basket can be missing.
  return code === "NOT_FOUND" || code === "NOT_AVAILABLE_IN_COUNTRY" ? { ...error, field: ["basketId"] } : error;
}

function errorOf(written: Exclude<Written, { kind: "done" | "unclear" }>): UserErrorFacts;
function errorOf(written: Exclude<Written, { kind: "done" }>): UserErrorFacts | undefined;
/** @throws UpstreamError where 7digital does not accept our credentials. */
function errorOf(written: Exclude<Written, { kind: "done" }>): UserErrorFacts | undefined {
  if (written.kind === "unclear") return undefined;
  if (written.cause.code === "UPSTREAM_AUTH") throw written.cause;
  return written.error;
}

/** Removes lines in order, one call each. @throws UpstreamError where 7digital does not accept our credentials, on the first call. */
export async function removeLines(client: Client, at: BasketAt, lineIds: readonly string[]): Promise<BasketChange> {
  let basket: BasketInStore | null = null;
  let stopped = false;
  const userErrors: UserErrorFacts[] = [];
  for (const [index, itemId] of lineIds.entries()) {
    const field = ["lineIds", String(index)];
    if (stopped) {
      userErrors.push(notReachedError(field));
      continue;
    }
    const written = await writeBasket(client, at, field, basketRemoveItem, { basketId: at.basketId, itemId });
    const removal: Removal = judgeRemoval(written, itemId, basket, field);
    basket = removal.basket;
    if (removal.error) userErrors.push(removal.error);
    if (removal.next === "end") break;
    stopped = removal.next === "stop";
  }
  return { basket, userErrors };
}

/** A line that cannot be read may be any line. */
function mayHold({ items }: BasketInStore, lineId: string): boolean {
  return (items ?? []).some((line) => !isReadable(line) || line.lineId === lineId);
}

interface Removal {
  readonly basket: BasketInStore | null;
  readonly error?: UserErrorFacts;
  /** `end`: there is no basket for the other lines to be in. */
  readonly next: "goOn" | "stop" | "end";
}

function judgeRemoval(written: Written, lineId: string, before: BasketInStore | null, field: readonly string[]): Removal {
  switch (written.kind) {
    case "done":
      return { basket: written.basket, next: "goOn" };
    case "rejected": {
      // 2002 is never about the line. @see API document, "basket/removeItem"
      const isAboutBasket = written.cause.subject === "basket" || written.cause.code === "NOT_AVAILABLE_IN_COUNTRY";
      const basketIsMissing = before === null && isAboutBasket;
      return basketIsMissing
        ? { basket: null, error: { ...written.error, field: ["basketId"] }, next: "end" }
        : { basket: before, error: written.error, next: "goOn" };
    }
    case "notDone":
      if (written.cause.code === "UPSTREAM_AUTH" && before === null) throw written.cause;
      return { basket: before, error: written.error, next: "stop" };
    case "unclear":
      // Ids of lines are used once, so a line that is gone stays gone.
      if (written.basket && !mayHold(written.basket, lineId)) {
        return { basket: written.basket, next: "goOn" };
      }
      return {
        basket: written.basket ?? before,
        error: unclearError(field, "The line may still be in the basket: look before you take it out again."),
        next: "stop",
      };
  }
}
