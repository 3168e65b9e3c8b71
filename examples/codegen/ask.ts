/** Typed documents with nothing but fetch. */
// #region ask
import type { ErrorCode } from "./generated/enums";
import type { TypedDocumentString } from "./generated/graphql";

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: ErrorCode; readonly retryAfterSeconds?: number };
}

export interface Answer<D> {
  readonly data: D;
  /** Why fields are null that would have a value otherwise. */
  readonly errors: readonly GraphError[];
}

/** The whole operation was rejected: there is no data. */
export class RejectedError extends Error {
  constructor(readonly errors: readonly GraphError[]) {
    super(errors.map(({ message }) => message).join(" "));
  }

  has(code: ErrorCode): boolean {
    return this.errors.some(({ extensions }) => extensions.code === code);
  }
}

export interface Api {
  readonly url: string;
  /** From `signInComplete`. Keep it in memory: it is as good as the user's password. */
  accessToken?: string | undefined;
  /** Two letters, as "GB". Left out: the server's default. */
  country?: string;
}

/** @throws RejectedError where there is no data, TypeError where no response came. */
export async function ask<D, V extends object>(api: Api, document: TypedDocumentString<D, V>, variables: V): Promise<Answer<D>> {
  const response = await fetch(api.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(api.accessToken !== undefined && { authorization: `Bearer ${api.accessToken}` }),
      ...(api.country !== undefined && { "x-7d-country": api.country }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors = [] } = (await response.json()) as { data?: D | null; errors?: GraphError[] };
  if (!data) throw new RejectedError(errors);
  return { data, errors };
}
// #endregion ask

// #region persisted
/** The hash under which the document is in generated/persisted-documents.json. Send it as `documentId`, without `query`. */
export function hashOf({ __meta__ }: TypedDocumentString<unknown, never>): string {
  return String(__meta__?.hash);
}
// #endregion persisted
