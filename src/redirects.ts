/** Reads what 7digital appends to the URLs that it leads people back to. For the shop's own pages: it runs in browsers and in Node, and
 *  depends on nothing. @see API document, "Media" and "User authentication" */

/** Why a download or a stream was not delivered. */
export interface MediaError {
  /** 7digital's own code, e.g. 2002. */
  readonly errorCode: number;
  /** In English, for developers. Empty where 7digital gives none. */
  readonly errorMsg: string;
}

/** The `errorUrl` as the user came back to it. Undefined where it tells no error. A raw "?" ends the value that it stands in, also in an
 *  `errorMsg`, and what follows is read as parameters: in a value of the shop's own write %3F. */
export function readMediaError(url: string | URL): MediaError | undefined {
  const query = queryOf(url);
  const code = query.get("errorcode") ?? "";
  return /^\d{1,9}$/.test(code) ? { errorCode: Number(code), errorMsg: query.get("errormsg") ?? "" } : undefined;
}

/** How a visit to 7digital's sign-in page ended. */
export interface SignInCallback {
  /** The request token that `signInStart` began with. */
  readonly oauthToken: string;
  /** "Authorised" where the user agreed. */
  readonly status: string;
}

/** The `callbackUrl` as the user came back to it. Undefined where nobody came from the sign-in page. */
export function readSignInCallback(url: string | URL): SignInCallback | undefined {
  const query = queryOf(url);
  const oauthToken = query.get("oauth_token");
  return oauthToken ? { oauthToken, status: query.get("status") ?? "" } : undefined;
}

/** By name in lower case. 7digital appends its parameters by a "?" even where there is one already, so every "?" begins some; what it
 *  appends comes last and counts. */
function queryOf(url: string | URL): ReadonlyMap<string, string> {
  const [withoutFragment = ""] = String(url).split("#");
  const [, ...queries] = withoutFragment.split("?");
  return new Map(queries.flatMap((query) => [...new URLSearchParams(query)]).map(([name, value]) => [name.toLowerCase(), value]));
}
