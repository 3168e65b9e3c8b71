/** What a person finds who opens the sandbox in a browser: what it is, and the cheat sheet as a page and as JSON. */

import { cheatSheet, type CheatSheet, type SheetUser } from "../cheat-sheet.js";
import { openToPages } from "../http/headers.js";
import type { ApiRequest } from "../http/request.js";
import { json, type Response } from "../http/response.js";
import type { Catalogue } from "../model.js";
import { html, type Markup } from "./markup.js";
import { pageResponse } from "./page.js";

const sheetPath = "/cheat-sheet";
const sheetJsonPath = "/cheat-sheet.json";

/** Null for any other path and verb. */
export function startPageResponse(catalogue: Catalogue, { path, verb }: ApiRequest): Response | null {
  if (verb !== "GET" && verb !== "HEAD") return null;
  if (path === "/") return pageResponse({ title: "An offline 7digital API", content: startContent() });
  if (path === sheetPath) return pageResponse({ title: "Cheat sheet", content: sheetContent(cheatSheet(catalogue)) });
  if (path !== sheetJsonPath) return null;
  const response = json(200, cheatSheet(catalogue));
  return { ...response, headers: { ...response.headers, ...openToPages } };
}

function startContent(): Markup {
  const links: readonly (readonly [address: string, name: string, about: string])[] = [
    [sheetPath, "Cheat sheet", "users, vouchers, test cards, and items that misbehave on purpose"],
    [sheetJsonPath, "Cheat sheet as JSON", "the same for programs"],
    ["/1.2/artist/details?artistId=1&oauth_consumer_key=anything", "An artist", "a call to try: any consumer key will do"],
    ["/_sandbox/journal", "Journal", "the latest calls"],
    ["/_sandbox/sales", "Sales", "what has been bought"],
    ["/_sandbox/downloads", "Downloads", "which media has been delivered"],
    ["/_sandbox/faults", "Fault rules", "which calls are made to fail"],
  ];
  return html`<p>
      This server stands in for the 7digital API: a made-up catalogue, users with cards and lockers, baskets, purchases and media, all of it
      on this computer. Restarting it undoes every change.
    </p>
    <ul>
      ${links.map(([address, name, about]) => html`<li><a href="${address}">${name}</a>: ${about}</li>`)}
    </ul>
    <p>The guide is docs/sandbox.md.</p>`;
}

function sheetContent({ consumer, users, vouchers, cards, misbehavingReleases, badResponses }: CheatSheet): Markup {
  return html`<p><a href="/">What this is</a> · <a href="${sheetJsonPath}">The same as JSON</a></p>
    <p>
      Calls are signed by consumer ${code(consumer.key)} with secret ${code(consumer.secret)}. An unsigned call needs a consumer key: any
      will do.
    </p>
    ${section("Users", ["Sign in with", "Access token and secret", "Card", "Locker"], users.map(userCells))}
    ${section(
      "Vouchers",
      ["Code", "What it does"],
      vouchers.map((voucher) => [code(voucher.code), html`${voucher.effect}`]),
    )}
    ${section(
      "Test cards",
      ["Number", "What happens"],
      cards.map((card) => [code(card.number), html`${card.effect}`]),
    )}
    ${section(
      "Releases that misbehave when they are bought",
      ["Release", "Price in GB", "What happens"],
      misbehavingReleases.map(({ releaseId, price, effect }) => [code(String(releaseId)), html`${price ?? ""}`, html`${effect}`]),
    )}
    ${section(
      "Responses that are always bad",
      ["What", "What the sandbox sends"],
      badResponses.map(({ what, sends }) => [html`${what}`, html`${sends}`]),
    )}`;
}

function userCells({ emailAddress, password, token, partnerUserId, card, locker }: SheetUser): readonly Markup[] {
  const signIn =
    emailAddress === null || password === null
      ? html`no sign-in: ${code(`userId=${partnerUserId ?? ""}`)}`
      : html`${code(emailAddress)}<br />${code(password)}`;
  const signedBy = token === null ? html`none` : html`${code(token.token)}<br />${code(token.secret)}`;
  return [signIn, signedBy, html`${card}`, html`${locker}`];
}

/** The first cell of each row names it. A table that is too wide can be scrolled with the keyboard. */
function section(title: string, columns: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  return html`<h2>${title}</h2>
    <div class="sheet" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name = html``, ...cells]) =>
              html`<tr>
                <th scope="row">${name}</th>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function code(text: string): Markup {
  return html`<code>${text}</code>`;
}
