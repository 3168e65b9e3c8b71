/** Sends one change to a basket, once, and finds out what came of it. 7digital's basket methods are not idempotent: a change that may have
 *  been made is never sent again. The basket is read instead. */
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Client } from "../upstream/client.js";
import { requireSameId } from "../shared/same-id.js";
import { asUserError, operationError, rejectionError, type UserErrorFacts } from "../shared/user-error.js";
import type { BasketFacts } from "./decoders.js";
import { basket } from "./endpoints.js";
import type { BasketAt, BasketInStore } from "./reading.js";

export type Written =
  | { readonly kind: "done"; readonly basket: BasketInStore }
  /** 7digital said no, and did nothing. */
  | { readonly kind: "rejected"; readonly error: UserErrorFacts; readonly cause: UpstreamError }
  /** It is proven that nothing was done, for a reason that would stop the next call too. */
  | { readonly kind: "notDone"; readonly error: UserErrorFacts; readonly cause: UpstreamError }
  /** It may have been done. `basket` is what was read afterwards; undefined where reading failed too. */
  | { readonly kind: "unclear"; readonly basket: BasketInStore | undefined };

/** Where in the arguments an error is. */
export type Path = readonly string[];

/** @param field The input field that errors are about. */
export async function writeBasket<P>(
  client: Client,
  at: BasketAt,
  field: Path,
  method: Endpoint<P, BasketFacts>,
  params: P,
): Promise<Written> {
  const written = await sendWrite(client, at, field, method, params);
  return written.kind === "unclear" ? { kind: "unclear", basket: await rereadBasket(client, at) } : written;
}

/** As `writeBasket`, without reading the basket afterwards. @param field Null where errors are about no field. */
export async function sendWrite<P>(
  client: Client,
  { store, basketId }: Pick<BasketAt, "store"> & Partial<BasketAt>,
  field: Path | null,
  method: Endpoint<P, BasketFacts>,
  params: P,
): Promise<Written> {
  try {
    const facts = await client.call(method, params, { store });
    if (basketId !== undefined) requireSameId({ method: method.path, asked: basketId, answered: facts.basketId });
    return { kind: "done", basket: { ...facts, store } };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return notDoneOf(error, field) ?? rejectionOf(error, field) ?? { kind: "unclear", basket: undefined };
  }
}

/** @throws UpstreamError */
export async function readBasket(client: Client, { basketId, store }: BasketAt): Promise<BasketInStore> {
  const facts = await client.call(basket, { basketId }, { store });
  requireSameId({ method: basket.path, asked: basketId, answered: facts.basketId });
  return { ...facts, store };
}

async function rereadBasket(client: Client, at: BasketAt): Promise<BasketInStore | undefined> {
  try {
    return await readBasket(client, at);
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function notDoneOf(cause: UpstreamError, field: Path | null): Written | undefined {
  if (cause.traits.rejected === "rate") {
    const message = "7digital takes no more calls now, so nothing was done: try again later.";
    return { kind: "notDone", cause, error: operationError("RATE_LIMITED", message, { retryable: true, field }) };
  }
  if (!cause.notSent && cause.traits.rejected !== "service") return undefined;
  const message = "Nothing reached 7digital's baskets, so nothing was done: try again.";
  return { kind: "notDone", cause, error: operationError("NOT_SENT", message, { retryable: true, field }) };
}

function rejectionOf(cause: UpstreamError, field: Path | null): Written | undefined {
  // Of the other codes only 3xxx say that nothing was done. 7xxx and 9xxx may come after the work has begun; the rest is undocumented.
  const saysNothingDone = /^3\d{3}$/.test(cause.sevendigitalCode ?? "");
  const error = asUserError(cause, field) ?? (saysNothingDone ? rejectionError(cause, field) : undefined);
  return error && { kind: "rejected", cause, error };
}

/** For a line that was not sent because an earlier one had no clear outcome. */
export function notReachedError(field: Path): UserErrorFacts {
  const message = "This line was not sent, because one before it was not clearly done: try again.";
  return operationError("NOT_SENT", message, { retryable: true, field });
}

export function unclearError(field: Path, advice: string): UserErrorFacts {
  return operationError("OUTCOME_UNKNOWN", `7digital did not answer clearly. ${advice}`, { field });
}
