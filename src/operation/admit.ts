/** Decides who an operation runs for, and in which store. Where several places name one, the nearest decides: `@inContext`, then the
 *  request's headers, then the server's default. */
import { getDirectiveValues, type GraphQLSchema } from "graphql";
import type { Caller } from "../shared/scope.js";
import { namedStore, storeOfHeaders } from "../shared/store.js";
import type { Store } from "../upstream/session.js";
import { readArguments } from "./errors.js";
import type { Prepared } from "./prepare.js";
import type { RequestFacts } from "./request.js";

export interface AdmissionOptions {
  readonly defaultStore: Store;
}

export interface Admitted {
  readonly caller: Caller;
  readonly store: Store;
  /** The same, where neither the operation nor its request named it. */
  readonly defaultStore: Store | undefined;
}

interface Accepted extends Pick<RequestFacts, "header"> {
  readonly caller: Caller;
}

/** @returns throws ClientError BAD_USER_INPUT */
export function createAdmission(schema: GraphQLSchema, { defaultStore }: AdmissionOptions) {
  const inContext = schema.getDirective("inContext");

  return ({ operation, variables }: Prepared, { caller, header }: Accepted): Admitted => {
    const inDirective = inContext && operation.directives?.length ? getDirectiveValues(inContext, operation, variables) : undefined;
    const named = (inDirective && readArguments(() => namedStore(inDirective))) ?? storeOfHeaders(header);
    return { caller, store: named ?? defaultStore, defaultStore: named === undefined ? defaultStore : undefined };
  };
}
