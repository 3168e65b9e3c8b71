/** Serves the documentation site, if it is built: `npm run docs` makes it. Its files are read when they are first requested. */
import { readdirSync, readFileSync } from "node:fs";
import type { OutgoingHttpHeaders } from "node:http";
import { extname, join } from "node:path";
import type { Route } from "../request-listener.js";
import { createStaticAsset } from "../static-asset.js";
import { assetRoute } from "./page.js";

/** All links of the site begin with it. */
const root = "/docs";

/** No script and no style is inline. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** @param directory Where the site is built. @returns Routes by path. Empty if the site is not built. */
export function docsRoutes(directory: string): ReadonlyMap<string, Route> {
  return new Map(filesBelow(directory).flatMap((file) => [...routesOf(directory, file)]));
}

function filesBelow(directory: string): readonly string[] {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(directory.length + 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function routesOf(directory: string, file: string): readonly (readonly [path: string, route: Route])[] {
  const type = contentTypes[extname(file)];
  if (type === undefined) return [];
  const make = () => createStaticAsset(readFileSync(join(directory, file)), type);
  const route = assetRoute(make, headersOf(file));
  const path = `${root}/${file.replaceAll("\\", "/")}`;
  if (!path.endsWith("/index.html")) return [[path, route]];
  const page = path.slice(0, -"index.html".length);
  return [
    [page, route],
    [page.slice(0, -1), redirectTo(page)],
  ];
}

/** Files with a digest of their content in their name never change. */
function headersOf(file: string): OutgoingHttpHeaders {
  const isHashed = /\.[A-Z0-9]{8}\.\w+$/.test(file);
  return {
    "Content-Security-Policy": contentSecurityPolicy,
    "Cache-Control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    Vary: "Accept-Encoding",
  };
}

/** Links within a page are relative to its address with the slash. */
function redirectTo(page: string): Route {
  return (_request, response) => void response.writeHead(308, { Location: page, "Cache-Control": "no-cache" }).end();
}
