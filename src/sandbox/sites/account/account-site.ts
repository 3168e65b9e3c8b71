/** The pages 7digital keeps for a person with a browser: finds the page, knows who comes, and rejects forms from other sites. */

import type { Accounts } from "../../accounts/model.js";
import { checkSignature, type Uses } from "../../oauth/signature-check.js";
import { signingConsumer } from "../../oauth/signature.js";
import type { ApiRequest } from "../../http/request.js";
import { plainText, type Response } from "../../http/response.js";
import { firstValues } from "../first-values.js";
import { html } from "../markup.js";
import { pageResponse, redirect } from "../page.js";
import { personOf } from "../person.js";
import { authorisePage, authoriseProblem } from "./authorise-page.js";
import { addCardPage, cardsPage, returnProblem } from "./card-pages.js";
import { withCookie, type Session, type Sessions } from "./sessions.js";
import { signInPage } from "./sign-in-page.js";
import type { SignedInVisit, Visit } from "./visit.js";

export interface AccountSite {
  readonly accounts: Accounts;
  readonly nonces: Uses;
  readonly sessions: Sessions;
}

interface AccountPage {
  /** A signed address signs its user in. */
  readonly takesSignature: boolean;
  problem(visit: Visit): Response | null;
  show(visit: SignedInVisit): Response;
}

const pages: ReadonlyMap<string, AccountPage> = new Map([
  ["oauth/authorise", { takesSignature: false, problem: authoriseProblem, show: authorisePage }],
  ["payment/addcard", { takesSignature: true, problem: returnProblem, show: addCardPage }],
  ["payment", { takesSignature: true, problem: returnProblem, show: cardsPage }],
]);

/** Null for a path that is no account page. */
export function accountResponse(site: AccountSite, request: ApiRequest, nowMs: number): Response | null {
  const [, consumerKey = "", name = ""] = /^\/([^/]+)\/(.+?)\/?$/.exec(request.path) ?? [];
  const page = pages.get(name.toLowerCase());
  if (page === undefined || consumerKey === "1.2") return null;
  if (!["GET", "HEAD", "POST"].includes(request.verb)) return plainText(405, "Method not allowed", { Allow: "GET, POST" });
  if (consumerKey !== signingConsumer.key) {
    return pageResponse({ title: "Unknown application", status: 404, content: html`<p role="alert">No application has this key.</p>` });
  }
  const known = site.sessions.find(request);
  const session = known ?? site.sessions.open(null);
  const visit = { ...visitOf(site, request, session, nowMs), address: page.takesSignature ? unsigned(request) : addressOf(request) };
  const call: Call = { site, page, request, session, visit };
  const response = request.verb === "POST" ? posted(call) : visited(call);
  return known === undefined && response.headers["Set-Cookie"] === undefined ? withCookie(response, session, request) : response;
}

interface Call {
  readonly site: AccountSite;
  readonly page: AccountPage;
  readonly request: ApiRequest;
  readonly session: Session;
  readonly visit: Visit;
}

function visitOf({ accounts }: AccountSite, request: ApiRequest, { formToken }: Session, nowMs: number): Omit<Visit, "address"> {
  return {
    accounts,
    consumerKey: signingConsumer.key,
    asked: firstValues(request.query),
    form: firstValues(request.form),
    formToken,
    nowMs,
  };
}

function visited(call: Call): Response {
  const { site, page, request, session, visit } = call;
  const { accounts, nonces, sessions } = site;
  const signer = page.takesSignature ? personOf(accounts, checkSignature(request, nonces, accounts, visit.nowMs), visit.asked) : undefined;
  // A signature is good for one visit: the page itself is at an address without it, which may be loaded again.
  return signer === undefined ? answered(call) : signedIn(call, sessions.replace(session, signer));
}

function posted(call: Call): Response {
  const { site, session, visit } = call;
  if (visit.form.get("formtoken") !== session.formToken) {
    const content = html`<p role="alert">This form is out of date. <a href="${visit.address}">Load the page again.</a></p>`;
    return pageResponse({ title: "Form out of date", status: 403, content });
  }
  const action = visit.form.get("action");
  if (action === "sign-out") return signedIn(call, site.sessions.replace(session, null));
  if (action !== "sign-in") return answered(call);
  const user = site.accounts.signIn(visit.form.get("emailaddress") ?? "", visit.form.get("password") ?? "");
  if (user === undefined) return signInPage(visit, "E-mail address and password do not belong together.");
  return signedIn(call, site.sessions.replace(session, user));
}

function answered({ page, session: { user }, visit }: Call): Response {
  return page.problem(visit) ?? (user === null ? signInPage(visit) : page.show({ ...visit, user }));
}

function signedIn({ request, visit }: Call, session: Session): Response {
  return withCookie(redirect(visit.address, 303), session, request);
}

/** Without a signature, and without what only belongs to it. */
function unsigned(request: ApiRequest): string {
  const isSigned = request.query.some(([name]) => name === "oauth_signature");
  const query = request.query.filter(([name]) => !isSigned || !/^(?:oauth_|userid$|presigned$)/i.test(name));
  return addressOf({ path: request.path, query });
}

function addressOf({ path, query }: Pick<ApiRequest, "path" | "query">): string {
  return query.length === 0 ? path : `${path}?${new URLSearchParams(query.map((pair) => [...pair])).toString()}`;
}
