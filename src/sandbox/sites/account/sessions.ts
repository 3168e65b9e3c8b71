/** Who is using the account pages, by a cookie. A session begins before sign-in, so that every form can be protected. */

import { randomBytes } from "node:crypto";
import type { User } from "../../accounts/model.js";
import type { ApiRequest } from "../../http/request.js";
import type { Response } from "../../http/response.js";

export interface Session {
  readonly id: string;
  /** Every form of the session carries it: a form of somebody else's page cannot know it. */
  readonly formToken: string;
  readonly user: User | null;
}

const keptSessions = 10_000;

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  find(request: ApiRequest): Session | undefined {
    const name = cookieName(request);
    const cookies = request.cookie.split(";").map((one) => one.trim().split("="));
    const [, id = ""] = cookies.find(([candidate]) => candidate === name) ?? [];
    return this.sessions.get(id);
  }

  open(user: User | null): Session {
    const session = { id: randomText(), formToken: randomText(), user };
    this.sessions.set(session.id, session);
    if (this.sessions.size > keptSessions) this.sessions.delete(this.sessions.keys().next().value ?? "");
    return session;
  }

  /** Under a new id, so that knowing the old one is worth nothing. */
  replace(session: Session, user: User | null): Session {
    this.sessions.delete(session.id);
    return this.open(user);
  }

  clear(): void {
    this.sessions.clear();
  }
}

/** Not `Secure`: the same pages are reached by http on the same port. */
export function withCookie(response: Response, { id }: Session, request: ApiRequest): Response {
  const cookie = `${cookieName(request)}=${id}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...response, headers: { ...response.headers, "Set-Cookie": cookie } };
}

/** Cookies do not tell ports apart: sandboxes beside each other would take each other's. */
function cookieName({ port }: ApiRequest): string {
  return `sandbox-session-${port}`;
}

function randomText(): string {
  return randomBytes(18).toString("base64url");
}
