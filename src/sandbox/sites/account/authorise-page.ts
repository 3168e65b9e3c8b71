/** Where a user lets an application act for them: authorises a request token and goes back to the application.
 *  @see API document, "User authentication - authorising a request token" */

import type { RequestToken } from "../../accounts/model.js";
import type { Response } from "../../http/response.js";
import { isHandback } from "../handback.js";
import { html } from "../markup.js";
import { pageResponse, redirect } from "../page.js";
import { form, signedInAs, type SignedInVisit, type Visit } from "./visit.js";

const page = "Authorise an application";

/** What is wrong with the link itself, for every visitor. */
export function authoriseProblem({ accounts, asked }: Visit): Response | null {
  const token = accounts.requestToken(asked.get("oauth_token") ?? "");
  if (token === undefined)
    return rejectLink("There is no such request token. It may have been used already: begin again in the application.");
  if (token.user !== null) return rejectLink("This request token has been authorised already. Go back to the application.");
  const callback = asked.get("oauth_callback") || undefined;
  return callback === undefined || isHandback(callback) ? null : rejectLink("The oauth_callback is no address to go back to.");
}

export function authorisePage(visit: SignedInVisit): Response {
  const { accounts, asked, user } = visit;
  const token = asked.get("oauth_token") ?? "";
  const action = visit.form.get("action");
  if (action === "allow") {
    accounts.authorise(token, user);
    return decided(visit, "Authorised");
  }
  if (action === "deny") {
    accounts.revoke(token);
    return decided(visit, "Denied");
  }
  return question(visit, accounts.requestToken(token));
}

function question(visit: SignedInVisit, token: RequestToken | undefined): Response {
  const identifier = token?.clientIdentifier ?? null;
  return pageResponse({
    title: page,
    handsBackTo: visit.asked.get("oauth_callback") || undefined,
    content: html`${signedInAs(visit)}
      <p>The application <strong>${visit.consumerKey}</strong> wants to see your locker and buy music for you with your default card.</p>
      ${identifier === null ? html`` : html`<p>It calls itself: <strong>${identifier}</strong></p>`}
      ${form(visit, html`<button name="action" value="allow">Allow</button> <button name="action" value="deny">Deny</button>`)}`,
  });
}

function decided({ asked }: Visit, status: "Authorised" | "Denied"): Response {
  const callback = asked.get("oauth_callback") || undefined;
  if (callback === undefined) {
    const what = status === "Authorised" ? "The application may act for you now." : "The application may not act for you.";
    return pageResponse({ title: status, content: html`<p>${what} Go back to it.</p>` });
  }
  // The document's redirect has a second question mark where the callback has a query of its own.
  return redirect(`${callback}?oauth_token=${encodeURIComponent(asked.get("oauth_token") ?? "")}&status=${status}`);
}

function rejectLink(reason: string): Response {
  return pageResponse({ title: page, status: 400, content: html`<p role="alert">${reason}</p>` });
}
