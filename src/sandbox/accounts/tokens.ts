/** Request tokens and access tokens: given out, authorised, exchanged and ended. @see API document, "3-legged OAuth" */

import { randomBytes } from "node:crypto";
import type { OAuthToken, RequestToken, User } from "./model.js";
import type { SeededUser } from "./seed.js";

/** Of one user and client identifier. @see API document, "oauth/accesstoken" */
const mostAccessTokens = 3;

interface AccessToken extends OAuthToken {
  readonly user: User;
  readonly clientIdentifier: string | null;
}

export class Tokens {
  private readonly requestTokens = new Map<string, RequestToken>();
  /** Oldest first. */
  private readonly accessTokens = new Map<string, AccessToken>();

  issueRequestToken(clientIdentifier: string | null): RequestToken {
    const issued = { ...newToken(), clientIdentifier, user: null };
    this.requestTokens.set(issued.token, issued);
    return issued;
  }

  requestToken(token: string): RequestToken | undefined {
    return this.requestTokens.get(token);
  }

  authorise(token: string, user: User): void {
    const issued = this.requestTokens.get(token);
    if (issued !== undefined) this.requestTokens.set(token, { ...issued, user });
  }

  exchange(requestToken: string): OAuthToken | undefined {
    const { user, clientIdentifier } = this.requestTokens.get(requestToken) ?? {};
    if (user === undefined || user === null) return undefined;
    this.requestTokens.delete(requestToken);
    const granted = { ...newToken(), user, clientIdentifier: clientIdentifier ?? null };
    this.accessTokens.set(granted.token, granted);
    const alike = [...this.accessTokens.values()].filter(
      (one) => one.user.id === user.id && one.clientIdentifier === granted.clientIdentifier,
    );
    for (const ended of alike.slice(0, -mostAccessTokens)) this.revoke(ended.token);
    return { token: granted.token, secret: granted.secret };
  }

  accessToken(token: string): AccessToken | undefined {
    return this.accessTokens.get(token);
  }

  revoke(token: string): void {
    this.requestTokens.delete(token);
    this.accessTokens.delete(token);
  }

  seed(users: readonly SeededUser[]): void {
    this.requestTokens.clear();
    this.accessTokens.clear();
    for (const { user, token } of users) {
      // The client identifier keeps a seeded token out of the three that a test may ask for.
      if (token !== null) this.accessTokens.set(token.token, { ...token, user, clientIdentifier: "sandbox" });
    }
  }
}

function newToken(): OAuthToken {
  return { token: randomBytes(16).toString("hex"), secret: randomBytes(24).toString("hex") };
}
