/** Serves GraphiQL: a small page, and assets that are compressed and cached for ever under names made of their content. Nothing is loaded
 *  from another host and no script is inline, so that the Content-Security-Policy can be strict. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { asksForHtml, pathOf } from "../request-path.js";
import { sendText } from "../responses.js";
import type { ReadInstalled } from "../installed-files.js";
import { createStaticAsset, sendStaticAsset, type StaticAsset } from "../static-asset.js";
import type { GraphiqlTab, Prefill } from "./tabs.js";

export interface GraphiqlOptions {
  /** Where the graph is served, e.g. "/graphql". A GET that accepts HTML gets the page there. */
  readonly graphqlPath: string;
  /** The tabs a first visit opens with; later visits find their own in the browser. */
  readonly tabs: readonly GraphiqlTab[];
  /** What the page asks for when it opens. */
  readonly prefills: readonly Prefill[];
  readonly read: ReadInstalled;
}

/** Resolves to true after answering a request for GraphiQL. False, synchronously, for all others. Rejects only where the bundle cannot be
 *  imported. */
export type Graphiql = (request: IncomingMessage, response: ServerResponse) => Promise<true> | false;

const TITLE = "7digital GraphQL";
const ROOT = "/graphiql";
const JAVASCRIPT = "text/javascript; charset=utf-8";

/** The mark of page and tab: a 7 over a graph's three nodes. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" role="img" aria-label="7digital">
<rect width="32" height="32" rx="7" fill="#0b2239"/><path d="M9 9h14L15 24" fill="none" stroke="#fff" stroke-width="3.4"/>
<g fill="#24c8db"><circle cx="9" cy="9" r="3.4"/><circle cx="23" cy="9" r="3.4"/><circle cx="15" cy="24" r="3.4"/></g></svg>`;

/** Monaco writes style elements at run time, hence 'unsafe-inline' for styles; its icons and fonts are data URLs in the style sheet. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE_HEADERS: OutgoingHttpHeaders = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Cache-Control": "no-cache",
  Vary: "Accept, Accept-Encoding",
};
const ASSET_HEADERS: OutgoingHttpHeaders = {
  // A worker follows the policy of its own response, not that of the page.
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "Cache-Control": "public, max-age=31536000, immutable",
  Vary: "Accept-Encoding",
};

/** The 9 MB bundle is imported at the first request for it (100 ms, 48 MB). */
export function createGraphiql(options: GraphiqlOptions): Graphiql {
  const first = options.tabs[0];
  if (first?.variables !== undefined || first?.headers !== undefined) {
    throw new Error("GraphiQL ignores variables and headers of the first tab: write its arguments inline");
  }
  let site: ReturnType<typeof buildSite> | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<true> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendText(response, 405, "Method not allowed", { Allow: "GET, HEAD" });
      return true;
    }
    const { page, assets } = await (site ??= buildSite(options));
    const asset = assets.get(path);
    if (isPage(path, options.graphqlPath)) await sendStaticAsset(request, response, page, PAGE_HEADERS);
    else if (asset !== undefined) await sendStaticAsset(request, response, asset, ASSET_HEADERS);
    else sendText(response, 404, "Not found");
    return true;
  }

  return (request, response) => {
    const path = pathOf(request);
    const isOurs = path === ROOT || path.startsWith(`${ROOT}/`) || (path === options.graphqlPath && asksForHtml(request));
    return isOurs ? answer(request, response, path) : false;
  };
}

function isPage(path: string, graphqlPath: string): boolean {
  return path === graphqlPath || path === ROOT || path === `${ROOT}/`;
}

async function buildSite({ graphqlPath, tabs, prefills, read }: GraphiqlOptions) {
  const bundle = await import("@graphql-yoga/render-graphiql/graphiql");
  /** By path, e.g. "/graphiql/app.0123456789abcdef.js". */
  const assets = new Map<string, StaticAsset>();
  const publish = (name: string, extension: string, content: string, contentType: string): string => {
    const asset = createStaticAsset(content, contentType);
    const path = `${ROOT}/${name}.${asset.hash}.${extension}`;
    assets.set(path, asset);
    return path;
  };
  const workers = {
    editorWorkerService: publish("editor-worker", "js", bundle.editorWorkerService, JAVASCRIPT),
    json: publish("json-worker", "js", bundle.jsonWorker, JAVASCRIPT),
    graphql: publish("graphql-worker", "js", bundle.graphqlWorker, JAVASCRIPT),
  };
  // The browser restores tabs from its storage: those that need headers must keep them.
  const shouldPersistHeaders = tabs.some(({ headers }) => headers !== undefined);
  const look = { title: `<a href="/">${TITLE}</a>`, logo: LOGO, shouldPersistHeaders };
  const scripts = [
    publish("settings", "js", settingsScript(workers, { endpoint: graphqlPath, tabs, prefills, look }), JAVASCRIPT),
    publish("app", "js", bundle.js, JAVASCRIPT),
    publish("start", "js", read("public/graphiql.js"), JAVASCRIPT),
  ];
  const styles = [
    publish("app", "css", bundle.css, "text/css; charset=utf-8"),
    publish("page", "css", read("public/graphiql.css"), "text/css; charset=utf-8"),
  ];
  const icon = publish("icon", "svg", LOGO, "image/svg+xml");
  const page = createStaticAsset(pageHtml({ scripts, styles, icon }), "text/html; charset=utf-8");
  return { page, assets };
}

/** For public/graphiql.js, and before the bundle, which reads `MonacoEnvironment` when it is loaded. */
function settingsScript(workers: Readonly<Record<string, string>>, settings: object): string {
  return `const workers = ${JSON.stringify(workers)};
self.MonacoEnvironment = { globalAPI: true, getWorkerUrl: (_moduleId, label) => workers[label] };
self.graphiqlSettings = ${JSON.stringify(settings)};
`;
}

interface PagePaths {
  /** In the order in which they run. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
  readonly icon: string;
}

function pageHtml({ scripts, styles, icon }: PagePaths): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLE}</title>
<link rel="icon" type="image/svg+xml" href="${icon}">
${styles.map((path) => `<link rel="stylesheet" href="${path}">`).join("\n")}
${scripts.map((path) => `<script defer src="${path}"></script>`).join("\n")}
</head>
<body class="no-focus-outline">
<noscript>GraphiQL needs JavaScript.</noscript>
<div id="root"></div>
</body>
</html>
`;
}
