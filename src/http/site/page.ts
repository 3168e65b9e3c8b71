/** The frame of our own pages: plain HTML with one style sheet, and no script. */
import type { OutgoingHttpHeaders } from "node:http";
import type { ReadInstalled } from "../installed-files.js";
import type { Route } from "../request-listener.js";
import { sendText } from "../responses.js";
import { createStaticAsset, sendStaticAsset, type StaticAsset } from "../static-asset.js";

const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders: OutgoingHttpHeaders = {
  "Content-Security-Policy": contentSecurityPolicy,
  "Cache-Control": "no-cache",
  Vary: "Accept-Encoding",
};

export interface Page {
  readonly title: string;
  /** HTML of the page's main part, with its heading. */
  readonly content: string;
}

export interface PageLink {
  readonly href: string;
  readonly name: string;
}

export function createStylesheet(read: ReadInstalled) {
  const asset = createStaticAsset(read("public/page.css"), "text/css; charset=utf-8");
  const headers = { "Cache-Control": "public, max-age=31536000, immutable", Vary: "Accept-Encoding" };
  return { path: `/page.${asset.hash}.css`, route: assetRoute(() => asset, headers) };
}

/** @param make Called at the first request. @param links The navigation of all pages. */
export function pageRoute(make: () => Page, stylesheet: string, links: readonly PageLink[]): Route {
  return assetRoute(() => createStaticAsset(pageHtml(make(), stylesheet, links), "text/html; charset=utf-8"), pageHeaders);
}

/** Answers GET and HEAD with what `make` gives at the first request. */
export function assetRoute(make: () => StaticAsset, headers: OutgoingHttpHeaders): Route {
  let asset: StaticAsset | undefined;
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendText(response, 405, "Method not allowed. Use GET or HEAD.", { Allow: "GET, HEAD" });
      return;
    }
    await sendStaticAsset(request, response, (asset ??= make()), headers);
  };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function pageHtml({ title, content }: Page, stylesheet: string, links: readonly PageLink[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – 7digital GraphQL</title>
<link rel="stylesheet" href="${stylesheet}">
</head>
<body>
<header>
<nav aria-label="Site">${links.map(({ href, name }) => `<a href="${escapeHtml(href)}">${escapeHtml(name)}</a>`).join("\n")}</nav>
</header>
<main>
${content}
</main>
</body>
</html>
`;
}
