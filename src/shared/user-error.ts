/** Errors that a shopper or a form can correct: `userErrors` of mutations. Others (network, quota, a fault upstream) are in `errors`. */
import type { ErrorTraits } from "../upstream/error-traits.js";
import { UpstreamError } from "../upstream/errors.js";
import { ClientError } from "./client-error.js";
import type { Store } from "../upstream/session.js";

export type UserErrorCode =
  | "INVALID"
  | "NOT_FOUND"
  | "UNAVAILABLE_IN_CONTEXT"
  | "ALREADY_EXISTS"
  | "UNAUTHENTICATED"
  | "CARD_EXPIRED"
  | "CARD_MISSING"
  | "PAYMENT_FAILED"
  | "PRICE_CHANGED"
  | "VOUCHER_REJECTED"
  | "IDEMPOTENCY_KEY_REUSED"
  | "EARLIER_ATTEMPT"
  | "OUTCOME_UNKNOWN"
  | "NOT_SENT"
  | "RATE_LIMITED";

/** What all types of user errors have in common. */
export interface UserErrorFacts {
  /** Name of the GraphQL type. */
  readonly type: string;
  readonly message: string;
  readonly code: UserErrorCode;
  /** Path inside the `input` of the mutation, e.g. ["lines", "1", "itemId"]. */
  readonly field: readonly string[] | null;
  /** Whether the same request may succeed when it is sent again, unchanged. */
  readonly retryable: boolean;
}

export interface InputErrorFacts extends UserErrorFacts {
  readonly type: "InputError";
  /** 7digital's own code, where 7digital rejected the request. */
  readonly upstreamCode?: number | undefined;
  /** 7digital's own message, where it may be passed on. */
  readonly upstreamMessage?: string | undefined;
}

export interface UnavailableInContextFacts extends UserErrorFacts {
  readonly type: "UnavailableInContextError";
  readonly store: Store;
}

type Path = readonly string[];

/** For a price that is not `isChargeable`. */
export const priceAdvice = 'A price has at most seven digits and two decimals, for example "11.95".';

/** @param advice What is wrong and what to send instead. It never repeats the value. */
export function inputError(field: Path | null, advice: string, code: UserErrorCode = "INVALID"): InputErrorFacts {
  return { type: "InputError", message: advice, code, field, retryable: false };
}

export function operationError(
  code: UserErrorCode,
  message: string,
  { retryable = false, field = null as Path | null } = {},
): UserErrorFacts {
  return { type: "OperationError", code, message, field, retryable };
}

/** A mistake in the input as a user error, with the argument as its field; undefined for other errors. */
export function asInputError(error: unknown): InputErrorFacts | undefined {
  return error instanceof ClientError ? inputError([error.argument], error.message) : undefined;
}

type RejectionFacts = InputErrorFacts | UnavailableInContextFacts;

/** The rejection as a user error; undefined for failures that belong into `errors`. */
export function asUserError(error: unknown, field: Path | null): RejectionFacts | undefined {
  if (!(error instanceof UpstreamError)) return undefined;
  const { message, sevendigitalCode, store } = error;
  const { rejected } = error.traits;
  if (rejected === "store" && store !== undefined)
    return { type: "UnavailableInContextError", code: "UNAVAILABLE_IN_CONTEXT", message, field, retryable: false, store };
  const code = sevendigitalCode === "2003" ? "ALREADY_EXISTS" : inputErrorCode(rejected);
  return code && rejectionError(error, field, code);
}

/** 7digital's rejection of the input. */
export function rejectionError(error: UpstreamError, field: Path | null, code: UserErrorCode = "INVALID"): InputErrorFacts {
  const { message, sevendigitalCode, sevendigitalMessage: upstreamMessage } = error;
  const upstreamCode = sevendigitalCode === undefined ? undefined : Number(sevendigitalCode);
  // In a mutation the values are the client's.
  const advice = code === "INVALID" ? invalidAdvice(sevendigitalCode) : message;
  return { type: "InputError", code, message: advice, field, retryable: false, upstreamCode, upstreamMessage };
}

function invalidAdvice(code: string | undefined): string {
  return `7digital rejected the input${code === undefined ? "" : ` with error ${code}`}, and nothing was done. Check the values.`;
}

function inputErrorCode(rejected: ErrorTraits["rejected"]): "NOT_FOUND" | "INVALID" | undefined {
  if (rejected === "item") return "NOT_FOUND";
  return rejected === "input" ? "INVALID" : undefined;
}
