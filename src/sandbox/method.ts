/** What a method of the API is: one declaration gives its path, its parameters, its caching and its answer. */

import type { Catalogue, Range, Store } from "./model.js";
import { valuesOf, type Given, type Parameters, type Values } from "./parameters.js";
import type { XmlElement } from "./xml.js";

/** What every call brings beside the parameters of its method. */
export interface Asked {
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly page: number;
  readonly pageSize: number;
  readonly range: Range;
  /** Width in pixels; undefined leaves every picture its usual one. */
  readonly imageSize: number | undefined;
  readonly path: string;
  /** Epoch ms. */
  readonly now: number;
  /** Scheme, host and port of the sandbox. */
  readonly origin: string;
}

export type Answer = XmlElement | { readonly redirectTo: string };

/** consumer-key: the key is enough, a signature is checked where there is one. signed: a signature is needed. user: with
 *  the token of a user. */
export type Auth = "consumer-key" | "signed" | "user";

interface Declaration<P extends Parameters> {
  /** As the API document names it; calls may spell it in any case. */
  readonly path: string;
  readonly auth: Auth;
  /** `max-age` of a good answer; null for `no-cache, no-store`. */
  readonly maxAgeSeconds: number | null;
  /** Answers its errors with HTTP status 200, as older methods do. */
  readonly errorsArriveAs200?: true;
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
