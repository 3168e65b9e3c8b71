/** Signing users in: a request token, the user's agreement, an access token. @see API document, "OAuth" */
import { accountPage } from "../shared/account-pages.js";
import { encodePairs, type Pair } from "../upstream/request/percent-encoding.js";
import type { Call } from "./calls.js";
import type { ClientOptions, Token } from "./options.js";

export interface SignIn {
  /** Begins. Keep the token with its secret, and lead the user to `authoriseUrl`. */
  requestToken(options?: RequestTokenOptions): Promise<RequestToken>;
  /** For trusted partners, instead of the page: by name and password. */
  authorise(authorisation: Authorisation): Promise<void>;
  /** Ends: exchanges an authorised request token for the user's token. */
  accessToken(requestToken: Token): Promise<Token>;
}

export interface RequestTokenOptions {
  /** Where 7digital's page sends the user back to. */
  readonly callbackUrl?: string | undefined;
  /** What 7digital shows the user as the application or device. */
  readonly clientIdentifier?: string | undefined;
}

export interface RequestToken extends Token {
  /** 7digital's page on which the user agrees. */
  readonly authoriseUrl: string;
}

export interface Authorisation {
  /** Of the request token, without its secret. */
  readonly token: string;
  readonly username: string;
  readonly password: string;
}

type Site = Pick<ClientOptions, "consumerKey"> & { readonly accountUrl: string };

export function createSignIn(call: Call, site: Site): SignIn {
  return {
    async requestToken({ callbackUrl, clientIdentifier } = {}) {
      const identifier = clientIdentifier === undefined ? {} : { xoauth_client_identifier: clientIdentifier };
      const { value } = await call("oauth/requesttoken", identifier);
      const callback: Pair[] = callbackUrl === undefined ? [] : [["oauth_callback", callbackUrl]];
      const query = encodePairs([["oauth_token", value.key], ...callback]);
      return { token: value.key, secret: value.secret, authoriseUrl: `${accountPage(site, "oauth/authorise")}?${query}` };
    },
    async authorise({ token, username, password }) {
      await call("oauth/requestToken/authorise", { token, username, password });
    },
    async accessToken({ token, secret }) {
      const { value } = await call("oauth/accesstoken", {}, { user: { token, secret } });
      return { token: value.key, secret: value.secret };
    },
  };
}
