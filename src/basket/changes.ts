/** Changes to a basket beside adding lines: making one, removing lines, applying a voucher. */
import type { Client } from "../upstream/client.js";
import { callerLimits } from "../shared/caller-limits.js";
import type { Scope } from "../shared/scope.js";
import { operationError, type UserErrorFacts } from "../shared/user-error.js";
import type { Store } from "../upstream/session.js";
import { basketApplyVoucher, basketCreate, basketRemoveItem } from "./endpoints.js";
import type { BasketAt, BasketInStore } from "./reading.js";
import type { UpstreamError } from "../upstream/errors.js";
import { isReadable } from "../upstream/xml/unreadable.js";
import { changeLines, type BasketChange } from "./line-changes.js";
import { sendWrite, unclearError, writeBasket, type Written } from "./write.js";

/** @throws UpstreamError where 7digital does not accept our credentials. */
export async function createBasket(client: Client, store: Store): Promise<BasketChange> {
  const written = await sendWrite(client, { store }, null, basketCreate, {});
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  const message = "7digital did not answer clearly. An empty basket may have been made that no client knows: make another one.";
  const error = written.kind === "unclear" ? operationError("OUTCOME_UNKNOWN", message, { retryable: true }) : errorOf(written);
  return { basket: null, userErrors: [error] };
}

/** @throws UpstreamError where 7digital does not accept our credentials. */
export async function applyVoucher({ client, use }: Scope, at: BasketAt, voucherCode: string): Promise<BasketChange> {
  if (!(await use(callerLimits).takeVoucher())) {
    const advice = "These were too many vouchers within a minute, so nothing was sent: try again later.";
    return { basket: null, userErrors: [operationError("RATE_LIMITED", advice, { retryable: true, field: ["code"] })] };
  }
  const written = await writeBasket(client, at, ["code"], basketApplyVoucher, { basketId: at.basketId, voucherCode });
  if (written.kind === "done") return { basket: written.basket, userErrors: [] };
  if (written.kind !== "unclear") return { basket: null, userErrors: [voucherErrorOf(written)] };
  const error = unclearError(["code"], "The voucher may have been applied: look at what is due.");
  return { basket: written.basket ?? null, userErrors: [error] };
}

export interface VoucherErrorFacts extends UserErrorFacts {
  readonly type: "VoucherError";
}

type NothingDone = Extract<Written, { cause: UpstreamError }>;

function voucherErrorOf(written: NothingDone): UserErrorFacts {
  const error = errorOf(written);
  const { code, sevendigitalCode } = written.cause;
  if (sevendigitalCode === "3012") {
    const message = "The voucher was not applied: it is not valid, has expired, is used up, or fits nothing in the basket.";
    return { type: "VoucherError", code: "VOUCHER_REJECTED", message, field: ["code"], retryable: false } satisfies VoucherErrorFacts;
  }
  // Only the basket can be missing.
  return code === "NOT_FOUND" || code === "NOT_AVAILABLE_IN_COUNTRY" ? { ...error, field: ["basketId"] } : error;
}

/** @throws UpstreamError where 7digital does not accept our credentials. */
function errorOf({ cause, error }: NothingDone): UserErrorFacts {
  if (cause.code === "UPSTREAM_AUTH") throw cause;
  return error;
}

/** @throws UpstreamError where 7digital does not accept our credentials, on the first call. */
export function removeLines({ client }: Scope, at: BasketAt, lineIds: readonly string[]): Promise<BasketChange> {
  return changeLines(lineIds, {
    fieldOf: (index) => ["lineIds", String(index)],
    send: (itemId, field) => writeBasket(client, at, field, basketRemoveItem, { basketId: at.basketId, itemId }),
    // Ids of lines are used once, so a line that is gone stays gone.
    isMade: (lineId, _before, after) => !mayHold(after, lineId),
    onMade: () => undefined,
    // 2002 is never about the line. @see API document, "basket/removeItem"
    isAboutBasket: ({ subject, code }) => subject === "basket" || code === "NOT_AVAILABLE_IN_COUNTRY",
    unclearAdvice: "The line may still be in the basket: look before you take it out again.",
  });
}

/** A line that cannot be read may be any line. */
function mayHold({ items }: BasketInStore, lineId: string): boolean {
  return (items ?? []).some((line) => !isReadable(line) || line.lineId === lineId);
}
