/** The other changes to a basket: making one, taking lines out, applying a voucher. */
import type { Services } from "../graph/services.js";
import { operationError, type UserErrorFacts } from "../shared/user-error.graph.js";
import type { Store } from "../upstream/session.js";
import { basketApplyVoucher } from "./endpoints/basket-apply-voucher.js";
import { basketCreate } from "./endpoints/basket-create.js";
import { basketRemoveItem } from "./endpoints/basket-remove-item.js";
import type { BasketAt, BasketInStore } from "./reading.js";
import { isReadable } from "../upstream/unreadable.js";
import { isAboutBasket, notReached, send, unclear, write, type Written } from "./write.js";

export interface Changed {
  /** As it was last told; null where no answer told it. */
  readonly basket: BasketInStore | null;
  readonly userErrors: readonly UserErrorFacts[];
}

/** @throws UpstreamError where 7digital does not accept our calls. */
export async function createBasket({ client }: Services, store: Store): Promise<Changed> {
  const written = await send(client, { store }, ["input"], basketCreate, {});
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  const message = "7digital did not answer clearly. An empty basket may have been made that nobody knows: make another one.";
  const error = errorOf(written) ?? operationError("OUTCOME_UNKNOWN", message, { retryable: true });
  return { basket: null, userErrors: [error] };
}

/** @throws UpstreamError as above. */
export async function applyVoucher({ client }: Services, at: BasketAt, voucherCode: string): Promise<Changed> {
  const written = await write(client, at, ["code"], basketApplyVoucher, { basketId: at.basketId, voucherCode });
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  if (written.kind === "unclear") {
    return { basket: written.basket ?? null, userErrors: [unclear(["code"], "The voucher may have been applied: look at what is due.")] };
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
  // Nothing but the basket can be missing.
  return code === "NOT_FOUND" || code === "NOT_AVAILABLE_IN_COUNTRY" ? { ...error, field: ["basketId"] } : error;
}

function errorOf(written: Exclude<Written, { kind: "done" | "unclear" }>): UserErrorFacts;
function errorOf(written: Exclude<Written, { kind: "done" }>): UserErrorFacts | undefined;
/** @throws UpstreamError where 7digital does not accept our calls. */
function errorOf(written: Exclude<Written, { kind: "done" }>): UserErrorFacts | undefined {
  if (written.kind === "unclear") return undefined;
  if (written.cause.code === "UPSTREAM_AUTH") throw written.cause;
  return written.error;
}

/** Takes lines out, one call each, in order. @throws UpstreamError where the first call already shows that 7digital does not accept ours. */
export async function removeLines({ client }: Services, at: BasketAt, lineIds: readonly string[]): Promise<Changed> {
  let basket: BasketInStore | null = null;
  let stopped = false;
  const userErrors: UserErrorFacts[] = [];
  for (const [index, itemId] of lineIds.entries()) {
    const field = ["lineIds", String(index)];
    if (stopped) {
      userErrors.push(notReached(field));
      continue;
    }
    const written = await write(client, at, field, basketRemoveItem, { basketId: at.basketId, itemId });
    const removal: Removal = judge(written, itemId, basket, field);
    basket = removal.basket;
    if (removal.error) userErrors.push(removal.error);
    if (removal.next === "end") break;
    stopped = removal.next === "stop";
  }
  return { basket, userErrors };
}

/** A line that can not be read may be any. */
function mayHold({ items }: BasketInStore, lineId: string): boolean {
  return (items ?? []).some((line) => !isReadable(line) || line.lineId === lineId);
}

interface Removal {
  readonly basket: BasketInStore | null;
  readonly error?: UserErrorFacts;
  /** `end`: there is no basket that the other lines could be in. */
  readonly next: "goOn" | "stop" | "end";
}

function judge(written: Written, lineId: string, before: BasketInStore | null, field: readonly string[]): Removal {
  switch (written.kind) {
    case "done":
      return { basket: written.basket, next: "goOn" };
    case "refused": {
      const basketIsMissing = before === null && isAboutBasket(written.cause);
      return basketIsMissing
        ? { basket: null, error: { ...written.error, field: ["basketId"] }, next: "end" }
        : { basket: before, error: written.error, next: "goOn" };
    }
    case "notDone":
      if (written.cause.code === "UPSTREAM_AUTH" && before === null) throw written.cause;
      return { basket: before, error: written.error, next: "stop" };
    case "unclear":
      // A line that is out does not come back: its id is used once.
      if (written.basket && !mayHold(written.basket, lineId)) {
        return { basket: written.basket, next: "goOn" };
      }
      return {
        basket: written.basket ?? before,
        error: unclear(field, "The line may still be in the basket: look before you take it out again."),
        next: "stop",
      };
  }
}
