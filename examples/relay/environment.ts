/** Relay on this API. */
// #region environment
import { Environment, Network, RecordSource, Store, type FetchFunction, type GraphQLResponse } from "relay-runtime";
import type { ErrorCode } from "../codegen/generated/enums";

export interface Session {
  /** From `signInComplete`. Keep it in memory: it is as good as the user's password. */
  accessToken: string | undefined;
  /** Called when the token is no longer accepted. Make new environments: the stores of these have the user's data. */
  onSignedOut: () => void;
}

/** An environment for each country, so that no price of another country is in its store. */
export function createEnvironment(url: string, country: string, session: Session): Environment {
  return new Environment({ network: Network.create(fetchFrom(url, country, session)), store: new Store(new RecordSource()) });
}

/** Sends `id`, the hash under which relay-compiler has put the document into operations.json. */
function fetchFrom(url: string, country: string, session: Session): FetchFunction {
  return async ({ id, name }, variables) => {
    const send = async (token: string | undefined): Promise<Result> => {
      const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
      const headers = { "content-type": "application/json", "x-7d-country": country, ...authorization };
      const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ documentId: id, variables }) });
      return (await response.json()) as Result;
    };
    const sent = session.accessToken;
    let result = await send(sent);
    if (sent !== undefined && codesOf(result).includes("UNAUTHENTICATED")) {
      if (sent === session.accessToken) {
        session.accessToken = undefined;
        session.onSignedOut();
      }
      // HTTP 401: nothing was executed. The operation is sent once more, as a guest's.
      if (!result.data) result = await send(undefined);
    }
    if (!result.data) throw new RejectedError(name, codesOf(result));
    return result as GraphQLResponse; // Relay hands errors of single fields to @catch
  };
}

interface Result {
  readonly data?: object | null;
  readonly errors?: readonly { readonly extensions: { readonly code: ErrorCode } }[];
}

const codesOf = ({ errors = [] }: Result): ErrorCode[] => errors.map(({ extensions }) => extensions.code);

/** The whole operation was rejected. An error boundary shows it. */
export class RejectedError extends Error {
  constructor(
    operation: string,
    readonly codes: readonly ErrorCode[],
  ) {
    super(`${operation}: ${codes.join(", ")}`);
  }
}
// #endregion environment
