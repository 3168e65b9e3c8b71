/** One call of an account page, as the pages see it. */

import type { Accounts, User } from "../../accounts/model.js";
import { html, type Markup } from "../markup.js";

export interface Visit {
  readonly accounts: Accounts;
  readonly consumerKey: string;
  /** The page itself, to come back to, with its query. */
  readonly address: string;
  /** Of the query, by lower-case name. */
  readonly asked: ReadonlyMap<string, string>;
  /** Of a form that was sent; empty where the page is only looked at. */
  readonly form: ReadonlyMap<string, string>;
  readonly formToken: string;
  readonly nowMs: number;
}

/** By somebody who has signed in. */
export interface SignedInVisit extends Visit {
  readonly user: User;
}

/** A form that comes back to the page it stands on. */
export function form({ formToken }: Visit, content: Markup): Markup {
  return html`<form method="post">
    <input type="hidden" name="formToken" value="${formToken}" />
    ${content}
  </form>`;
}

export function alert(message: string | undefined): Markup {
  return message === undefined ? html`` : html`<p role="alert">${message}</p>`;
}

/** Who is signed in, and the way out for somebody else. */
export function signedInAs(visit: SignedInVisit): Markup {
  const name = visit.user.emailAddress || visit.user.partnerUserId || String(visit.user.id);
  return html`<p>Signed in as <strong>${name}</strong>.</p>
    ${form(visit, html`<button name="action" value="sign-out">Sign in as somebody else</button>`)}`;
}
