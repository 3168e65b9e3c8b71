/** The frame every page of the sandbox stands in, its one stylesheet, and the headers that keep a page to itself. */

import type { Response } from "../http/response.js";
import { html, type Markup } from "./markup.js";

export interface Page {
  readonly title: string;
  readonly content: Markup;
  readonly status?: number;
  /** What the page's forms lead to beside the page itself: browsers hold the redirect after a form to the same rule. */
  readonly handsBackTo?: string | undefined;
}

const stylesheetPath = "/account.css";

const stylesheet = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { background: Canvas; margin: 0 auto; max-width: 36rem; padding: 1rem; }
header, footer { font-size: .875rem; opacity: .8; }
label { display: block; margin-top: .75rem; }
input, select, button { font: inherit; padding: .4rem .6rem; }
input:not([type=hidden]), select { box-sizing: border-box; width: 100%; }
button { margin: 1rem .5rem 0 0; }
table { border-collapse: collapse; margin-top: 1rem; width: 100%; }
th, td { border-bottom: 1px solid; padding: .4rem .6rem .4rem 0; text-align: left; vertical-align: top; }
td form, td button { display: inline; margin: 0 .25rem 0 0; }
tbody th { font-weight: inherit; }
body:has(.sheet) { max-width: 64rem; }
.sheet { overflow-x: auto; }
[role=alert] { border-left: .25rem solid #c00; padding-left: .75rem; }
`;

export function pageResponse({ title, content, status = 200, handsBackTo }: Page): Response {
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} – 7digital sandbox</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <header>7digital sandbox</header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer><p>This is a stand-in. Nothing on this page is real: enter no name, password or card of your own.</p></footer>
      </body>
    </html> `;
  return { status, headers: { "Content-Type": "text/html; charset=utf-8", ...pageHeaders(handsBackTo) }, body: text };
}

export function stylesheetResponse(path: string): Response | null {
  if (path !== stylesheetPath) return null;
  return {
    status: 200,
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff" },
    body: stylesheet,
  };
}

/** 302 by default, as in the examples of the API document. Other bytes than a header may carry are encoded. */
export function redirect(location: string, status: 302 | 303 = 302): Response {
  const sendable = location.replace(/[^\x21-\x7e]/gu, encodeURIComponent);
  return { status, headers: { Location: sendable, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" }, body: "" };
}

function pageHeaders(handsBackTo: string | undefined): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `form-action ${["'self'", ...formTargets(handsBackTo)].join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/** By scheme alone: where the caller goes on from its own address is the caller's affair, and the rule holds for that too. */
function formTargets(handsBackTo: string | undefined): readonly string[] {
  if (handsBackTo === undefined) return [];
  const { protocol } = new URL(handsBackTo);
  return /^https?:$/.test(protocol) ? ["http:", "https:"] : [protocol];
}
