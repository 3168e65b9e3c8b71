/** What a method of the API is: one declaration gives its path, its parameters, its caching and its answer. */

import type { Accounts, User } from "../accounts/model.js";
import type { FaultsOfItem } from "../faults/faults.js";
import type { Catalogue, Range, Store, UsageType } from "../model.js";
import { valuesOf, type Given, type Parameters, type Values } from "./parameters.js";
import type { Pair } from "../http/request.js";
import type { Baskets } from "../shop/baskets.js";
import type { Mishap } from "../shop/misbehaving.js";
import type { PriceChanges } from "../shop/price-changes.js";
import type { Till } from "../shop/till.js";
import type { Vouchers } from "../shop/vouchers.js";
import type { XmlElement } from "./xml.js";

/** What calls change. All of it is back at its start after a reset. */
export interface State {
  readonly accounts: Accounts;
  readonly baskets: Baskets;
  readonly vouchers: Vouchers;
  readonly till: Till;
  readonly priceChanges: PriceChanges;
}

/** Who makes a call, by its credentials. */
export interface Caller {
  /** Of the access token, or the partner's user whom `userId` names. */
  readonly user: User | null;
  /** What the call was signed with beside the consumer's secret. */
  readonly token: string | null;
}

/** What every call brings beside the parameters of its method. */
export interface Asked extends State, Caller {
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly page: number;
  readonly pageSize: number;
  readonly range: Range;
  /** What the answer is for; null where the call does not say. */
  readonly usageTypes: ReadonlySet<UsageType> | null;
  /** Width in pixels; undefined leaves every picture its usual one. */
  readonly imageSize: number | undefined;
  readonly path: string;
  /** Epoch ms. */
  readonly now: number;
  /** Scheme, host and port of the sandbox. */
  readonly origin: string;
  /** What image addresses begin with; null for 7digital's own hosts. */
  readonly imageOrigin: string | null;
  readonly verb: Verb;
  /** The parameters as they were sent: names keep their case. */
  readonly sent: readonly Pair[];
  /** Takes the fault rules for one item of a batch. */
  readonly faultsOfItem: FaultsOfItem;
}

export type Verb = "GET" | "POST" | "PUT" | "DELETE";

export type Answer =
  | XmlElement
  /** Nothing inside `<response>`. */
  | null
  | { readonly redirectTo: string }
  /** A form-encoded answer in the place of a document. */
  | { readonly form: readonly Pair[] }
  | { readonly spoilt: XmlElement | null; readonly by: Mishap };

/** consumer-key: the key is enough, a signature is checked where there is one. signed: a signature is needed. user: with
 *  the token of a user, or with a partner's `userId` instead. */
export type Auth = "consumer-key" | "signed" | "user";

interface Declaration<P extends Parameters> {
  /** As the API document names it; calls may spell it in any case. "users/{id}/update" has the parameter `id` in the path. */
  readonly path: string;
  readonly auth: Auth;
  /** GET alone where it is left out. */
  readonly verbs?: readonly Verb[];
  /** `max-age` of a good answer; null for `no-cache, no-store`. */
  readonly maxAgeSeconds: number | null;
  /** Answers its errors with HTTP status 200, as older methods do. */
  readonly errorsArriveAs200?: true;
  /** The largest page, where it is not the document's; what an installation allows does not count then. */
  readonly maxPageSize?: number;
  readonly parameters: P;
  readonly answer: (values: Values<P>, asked: Asked) => Answer;
}

export interface Method extends Omit<Declaration<Parameters>, "answer"> {
  /** Checks the given parameters, then answers. Throws ApiError. */
  answerTo(given: Given, asked: Asked): Answer;
}

export function method<const P extends Parameters>(declaration: Declaration<P>): Method {
  const { answer, ...rest } = declaration;
  return { ...rest, answerTo: (given, asked) => answer(valuesOf(declaration.parameters, given), asked) };
}
