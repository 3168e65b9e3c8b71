/** Our own pages: "/", the guides, and the style sheet. */
import type { Profile } from "../../config/config.js";
import type { ReadInstalled } from "../installed-files.js";
import type { Route } from "../request-listener.js";
import { createStaticAsset } from "../static-asset.js";
import { guideIndex, guidePage, guides, guidesPath } from "./guides.js";
import { homePage, type HomeOptions } from "./home.js";
import { assetRoute, createStylesheet, pageRoute, type Page, type PageLink } from "./page.js";

interface SiteOptions extends HomeOptions {
  readonly profile: Profile;
  readonly read: ReadInstalled;
}

/** @returns Routes by path. In the profile `locked` only "/", which gives nothing away. */
export function siteRoutes({ profile, read, ...options }: SiteOptions): ReadonlyMap<string, Route> {
  const { graphqlPath } = options;
  if (profile === "locked") {
    const text = `This server answers GraphQL at ${graphqlPath}. Ask its operator for the schema.\n`;
    return new Map([["/", assetRoute(() => createStaticAsset(text, "text/plain; charset=utf-8"), { Vary: "Accept-Encoding" })]]);
  }
  const stylesheet = createStylesheet(read);
  const links: readonly PageLink[] = [
    { href: "/", name: "7digital GraphQL" },
    { href: graphqlPath, name: "GraphiQL" },
    { href: guidesPath, name: "Guides" },
    { href: "/schema.graphql", name: "Schema" },
  ];
  const route = (make: () => Page): Route => pageRoute(make, stylesheet.path, links);
  return new Map([
    ["/", route(() => homePage(options))],
    [guidesPath, route(guideIndex)],
    ...guides.map((guide) => [`${guidesPath}/${guide.name}`, route(() => guidePage(guide, read))] as const),
    [stylesheet.path, stylesheet.route],
  ]);
}
