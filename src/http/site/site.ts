/** Our own pages: "/", the guides and their style sheet, and the documentation site if it is built. */
import type { Profile } from "../../config/config.js";
import type { ReadInstalled } from "../installed-files.js";
import type { Route } from "../request-listener.js";
import { createStaticAsset } from "../static-asset.js";
import { docsRoutes } from "./docs.js";
import { guideIndex, guidePage, guides, guidesPath } from "./guides.js";
import { homePage, type HomeOptions } from "./home.js";
import { assetRoute, createStylesheet, pageRoute, type Page, type PageLink } from "./page.js";

interface SiteOptions extends Omit<HomeOptions, "hasDocs"> {
  readonly profile: Profile;
  readonly read: ReadInstalled;
  /** Where the documentation site is, if it is built. */
  readonly docsDirectory: string;
}

/** @returns Routes by path. In the profile `locked` only "/", which gives nothing away. */
export function siteRoutes({ profile, read, docsDirectory, ...options }: SiteOptions): ReadonlyMap<string, Route> {
  const { graphqlPath } = options;
  if (profile === "locked") {
    const text = `This server answers GraphQL at ${graphqlPath}. Ask its operator for the schema.\n`;
    return new Map([["/", assetRoute(() => createStaticAsset(text, "text/plain; charset=utf-8"), { Vary: "Accept-Encoding" })]]);
  }
  const docs = docsRoutes(docsDirectory);
  const hasDocs = docs.size > 0;
  const stylesheet = createStylesheet(read);
  const links: readonly PageLink[] = [
    { href: "/", name: "7digital GraphQL" },
    { href: graphqlPath, name: "GraphiQL" },
    ...(hasDocs ? [{ href: "/docs/", name: "Documentation" }] : []),
    { href: guidesPath, name: "Guides" },
    { href: "/schema.graphql", name: "Schema" },
  ];
  const route = (make: () => Page): Route => pageRoute(make, stylesheet.path, links);
  return new Map([
    ["/", route(() => homePage({ ...options, hasDocs }))],
    [guidesPath, route(guideIndex)],
    ...guides.map((guide) => [`${guidesPath}/${guide.name}`, route(() => guidePage(guide, read))] as const),
    [stylesheet.path, stylesheet.route],
    ...(hasDocs ? docs : withoutDocs(route)),
  ]);
}

/** For someone who follows a link to a site that is not built here. */
function withoutDocs(route: (make: () => Page) => Route): ReadonlyMap<string, Route> {
  const content = `<h1>The documentation site is not built</h1>
<p>In a clone of the repository, run <code>npm run docs</code>, then start the server again.</p>
<p>The <a href="${guidesPath}">guides</a> are here without it.</p>`;
  const page = route(() => ({ title: "Documentation", content }));
  return new Map(["/docs", "/docs/"].map((path) => [path, page]));
}
