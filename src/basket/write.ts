/** One change to a basket, sent once, and what is known of it afterwards. 7digital's basket methods are not idempotent and some are GETs:
 *  what may have been done is never sent again; the basket is looked at instead. */
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Client } from "../upstream/client.js";
import { requireSameId } from "../shared/same-id.js";
import { asUserError, operationError, type InputErrorFacts, type UserErrorFacts } from "../shared/user-error.graph.js";
import type { BasketFacts } from "./decoders.js";
import { basket } from "./endpoints/basket.js";
import type { BasketAt, BasketInStore } from "./reading.js";

export type Written =
  | { readonly kind: "done"; readonly basket: BasketInStore }
  /** 7digital said no, and did nothing. */
  | { readonly kind: "refused"; readonly error: UserErrorFacts; readonly cause: UpstreamError }
  /** Proven that nothing was done, for a reason that the next call would meet too. */
  | { readonly kind: "notDone"; readonly error: UserErrorFacts; readonly cause: UpstreamError }
  /** It may have been done. `basket` is as it was read afterwards; undefined where that failed as well. */
  | { readonly kind: "unclear"; readonly basket: BasketInStore | undefined };

type Path = readonly string[];

/** @param field What the change was about, for errors. */
export async function write<P>(client: Client, at: BasketAt, field: Path, method: Endpoint<P, BasketFacts>, params: P): Promise<Written> {
  const written = await send(client, at, field, method, params);
  return written.kind === "unclear" ? { kind: "unclear", basket: await readAgain(client, at) } : written;
}

/** The same for what has no basket to look at afterwards. */
export async function send<P>(
  client: Client,
  { store, basketId }: Pick<BasketAt, "store"> & Partial<BasketAt>,
  field: Path,
  method: Endpoint<P, BasketFacts>,
  params: P,
): Promise<Written> {
  try {
    const told = await client.call(method, params, { store });
    if (basketId !== undefined) requireSameId({ method: method.path, asked: basketId, answered: told.basketId });
    return { kind: "done", basket: { ...told, store } };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return notDone(error, field) ?? refused(error, field) ?? { kind: "unclear", basket: undefined };
  }
}

/** @throws UpstreamError */
export async function readBasket(client: Client, { basketId, store }: BasketAt): Promise<BasketInStore> {
  const told = await client.call(basket, { basketId }, { store });
  requireSameId({ method: basket.path, asked: basketId, answered: told.basketId });
  return { ...told, store };
}

async function readAgain(client: Client, at: BasketAt): Promise<BasketInStore | undefined> {
  try {
    return await readBasket(client, at);
  } catch (error) {
    if (error instanceof UpstreamError) return undefined;
    throw error;
  }
}

function notDone(cause: UpstreamError, field: Path): Written | undefined {
  if (cause.code === "UPSTREAM_RATE_LIMITED") {
    const message = "7digital takes no more calls now, so nothing was done: try again later.";
    return { kind: "notDone", cause, error: operationError("RATE_LIMITED", message, { retryable: true, field }) };
  }
  if (!cause.notSent && cause.code !== "UPSTREAM_AUTH") return undefined;
  const message = "Nothing reached 7digital's baskets, so nothing was done: try again.";
  return { kind: "notDone", cause, error: operationError("NOT_SENT", message, { retryable: true, field }) };
}

function refused(cause: UpstreamError, field: Path): Written | undefined {
  const error = asUserError(cause, field) ?? otherRefusal(cause, field);
  return error && { kind: "refused", cause, error };
}

/** Of the codes that no other error stands for, only 3xxx say that the user was told no: 7xxx and 9xxx come after the work has begun, and
 *  what others mean nobody knows. */
function otherRefusal({ sevendigitalCode = "", message }: UpstreamError, field: Path): InputErrorFacts | undefined {
  if (!/^3\d{3}$/.test(sevendigitalCode)) return undefined;
  return { type: "InputError", code: "INVALID", message, field, retryable: false, upstreamCode: Number(sevendigitalCode) };
}

/** Whether it is the basket itself that is missing or elsewhere. Codes are the same for a basket and for what is to be put into it;
 *  7digital's words tell them apart, and where they do not, the error stays with what was asked for. */
export function isAboutBasket({ message }: UpstreamError): boolean {
  return /^basket (?!item)/i.test(message);
}

/** Of a line that was left alone, because one before it was not clearly done. */
export function notReached(field: Path): UserErrorFacts {
  const message = "This line was not sent, because one before it was not clearly done: try again.";
  return operationError("NOT_SENT", message, { retryable: true, field });
}

export function unclear(field: Path, advice: string): UserErrorFacts {
  return operationError("OUTCOME_UNKNOWN", `7digital did not answer clearly. ${advice}`, { field });
}
