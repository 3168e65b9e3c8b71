/** Reads the parameters that 7digital appends to redirect URLs. For the shop's own pages: it runs in browsers and in Node, without
 *  dependencies. @see API document, "Media" and "User authentication" */

/** Why a download or a stream was not delivered. */
export interface MediaError {
  /** 7digital's own code, e.g. 2002. */
  readonly errorCode: number;
  /** In English, for developers. Empty where 7digital gives none. */
  readonly errorMsg: string;
}

/** @param url The `errorUrl` that the user was redirected to. A raw "?" ends a value, also in `errorMsg`, and starts more parameters: write
 *    %3F in values of your own.
 *  @returns Undefined where the URL carries no error. */
export function readMediaError(url: string | URL): MediaError | undefined {
  const query = queryOf(url);
  const code = query.get("errorcode") ?? "";
  return /^\d{1,9}$/.test(code) ? { errorCode: Number(code), errorMsg: query.get("errormsg") ?? "" } : undefined;
}

/** How a visit to 7digital's sign-in page ended. */
export interface SignInCallback {
  /** The request token of `signInStart`. */
  readonly oauthToken: string;
  /** "Authorised" if the user agreed. */
  readonly status: string;
}

/** @param url The `callbackUrl` that the user was redirected to.
 *  @returns Undefined where the user does not come from the sign-in page. */
export function readSignInCallback(url: string | URL): SignInCallback | undefined {
  const query = queryOf(url);
  const oauthToken = query.get("oauth_token");
  return oauthToken ? { oauthToken, status: query.get("status") ?? "" } : undefined;
}

/** By name in lower case. 7digital appends its parameters after a "?", even where the URL has one already, so every "?" starts parameters.
 *  The last value of a name counts, because 7digital's come last. */
function queryOf(url: string | URL): ReadonlyMap<string, string> {
  const [withoutFragment = ""] = String(url).split("#");
  const [, ...queries] = withoutFragment.split("?");
  return new Map(queries.flatMap((query) => [...new URLSearchParams(query)]).map(([name, value]) => [name.toLowerCase(), value]));
}
