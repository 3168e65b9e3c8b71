/** What a shopper, or the form they filled in, can do something about: mutations answer it as `userErrors`, beside whatever succeeded.
 *  What they can not help (network, quota, a fault upstream) is an entry of `errors` instead. */
import { builder } from "../graph/builder.js";
import { countryOf, shopIdOf } from "../graph/store.js";
import { UpstreamError, type UpstreamErrorCode } from "../upstream/errors.js";
import type { Store } from "../upstream/session.js";

export const userErrorCode = builder.enumType("UserErrorCode", {
  description: "Why a mutation did not do what was asked.",
  values: {
    INVALID: { description: "Something in the input is wrong: `field` says where." },
    NOT_FOUND: { description: "There is no such thing." },
    UNAVAILABLE_IN_CONTEXT: { description: "It exists, but not in the store that was asked." },
    ALREADY_EXISTS: { description: "It is there already." },
    UNAUTHENTICATED: { description: "A user has to sign in, or to sign in again." },
    CARD_EXPIRED: { description: "The user's card has expired: lead them to `addCardUrl`." },
    CARD_MISSING: { description: "The user has no card: lead them to `addCardUrl`." },
    PAYMENT_FAILED: { description: "The bank declined, and 7digital no longer uses the card: lead the user to `addCardUrl`." },
    PRICE_CHANGED: { description: "The price is not the one that was shown. Nothing was charged: show the current one and ask again." },
    VOUCHER_REJECTED: { description: "The voucher is not valid, has expired, is used up, or fits nothing in the basket." },
    IDEMPOTENCY_KEY_REUSED: { description: "The key was used for another purchase: make a new key for a new purchase." },
    EARLIER_ATTEMPT: {
      description: "An earlier purchase of the same thing may have been charged, or is under way. This one was not sent: see `attempts`.",
    },
    OUTCOME_UNKNOWN: { description: "It may have happened. Ask how it ended before doing it again." },
    NOT_SENT: { description: "Nothing of this request reached 7digital: send the same again, with the same key where it has one." },
    RATE_LIMITED: { description: "Too much was asked in too short a time, of 7digital or of us. Nothing happened: try again later." },
  },
} as const);

export type UserErrorCode = typeof userErrorCode.$inferType;

/** What the types of errors have in common; each adds what it alone knows. */
export interface UserErrorFacts {
  /** Name of the GraphQL type. */
  readonly type: string;
  readonly message: string;
  readonly code: UserErrorCode;
  /** Path in the arguments, e.g. ["lines", "1", "itemId"]. */
  readonly field: readonly string[] | null;
  /** Whether the same may work when it is sent again, unchanged. */
  readonly retryable: boolean;
}

export const userErrorRef = builder.interfaceRef<UserErrorFacts>("UserError").implement({
  description: "Why a mutation did not do what was asked, for people and for programs.",
  fields: (t) => ({
    message: t.exposeString("message", {
      nullable: false,
      description: "What happened and what to do, in English. Show your own words by `code`.",
    }),
    code: t.expose("code", { type: userErrorCode, nullable: false, description: "What happened, for programs." }),
    field: t.exposeStringList("field", {
      description: "Where in the arguments it is, from the outside in. Null where it is nowhere in particular.",
    }),
    retryable: t.exposeBoolean("retryable", {
      nullable: false,
      description: "Whether the same may work when it is sent again, unchanged.",
    }),
  }),
  resolveType: ({ type }) => type,
});

/** Defines one type of error; fields of its own are given by the slice that makes it. */
export function userErrorType<F extends UserErrorFacts>(name: string) {
  return builder.objectRef<F>(name);
}

export interface InputErrorFacts extends UserErrorFacts {
  readonly type: "InputError";
  /** 7digital's own code, where it was 7digital that refused. */
  readonly upstreamCode?: number | undefined;
}

userErrorType<InputErrorFacts>("InputError").implement({
  description: "Something in the input is wrong, or names what is not there.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    upstreamCode: t.int({
      description: "7digital's own error code. Null where we refused ourselves.",
      resolve: ({ upstreamCode }) => upstreamCode ?? null,
    }),
  }),
});

export interface UnavailableInContextFacts extends UserErrorFacts {
  readonly type: "UnavailableInContextError";
  readonly store: Store;
}

userErrorType<UnavailableInContextFacts>("UnavailableInContextError").implement({
  description: "It exists, but not in the store that was asked (7digital's error 2002).",
  interfaces: [userErrorRef],
  fields: (t) => ({
    country: t.field({
      type: "CountryCode",
      description: "The country whose store was asked. Null where it was a shop.",
      resolve: ({ store }) => countryOf(store),
    }),
    shopId: t.id({
      description: "The shop that was asked. Null where it was a country's store.",
      resolve: ({ store }) => shopIdOf(store),
    }),
  }),
});

userErrorType<UserErrorFacts>("OperationError").implement({
  description: "What no other type of error tells more about: `code` says what it is.",
  interfaces: [userErrorRef],
});

type Path = readonly string[];

/** For a price that `isChargeable` refuses. */
export const priceAdvice = 'A price has at most seven digits and two decimals, for example "11.95".';

/** @param advice What is wrong and what to send instead. It never repeats the value. */
export function inputError(field: Path, advice: string, code: UserErrorCode = "INVALID"): InputErrorFacts {
  return { type: "InputError", message: advice, code, field, retryable: false };
}

export function operationError(
  code: UserErrorCode,
  message: string,
  { retryable = false, field = null as Path | null } = {},
): UserErrorFacts {
  return { type: "OperationError", code, message, field, retryable };
}

/** What of 7digital's refusals a shopper can do something about. */
const told: Partial<Record<UpstreamErrorCode, UserErrorCode>> = {
  NOT_FOUND: "NOT_FOUND",
  UPSTREAM_REJECTED_INPUT: "INVALID",
};

/** The refusal as a user error; undefined for failures that belong into `errors`. */
export function asUserError(error: unknown, field: Path | null): UserErrorFacts | undefined {
  if (!(error instanceof UpstreamError)) return undefined;
  const { message, sevendigitalCode } = error;
  if (error.code === "NOT_AVAILABLE_IN_COUNTRY" && error.store !== undefined) {
    const unavailable: UnavailableInContextFacts = {
      type: "UnavailableInContextError",
      code: "UNAVAILABLE_IN_CONTEXT",
      message,
      field,
      retryable: false,
      store: error.store,
    };
    return unavailable;
  }
  if (sevendigitalCode === "2003") return refusal("ALREADY_EXISTS", message, field, sevendigitalCode);
  const code = told[error.code];
  return code === undefined ? undefined : refusal(code, message, field, sevendigitalCode);
}

function refusal(code: UserErrorCode, message: string, field: Path | null, sevendigitalCode: string | undefined): InputErrorFacts {
  const upstreamCode = sevendigitalCode === undefined ? undefined : Number(sevendigitalCode);
  return { type: "InputError", code, message, field, retryable: false, upstreamCode };
}
