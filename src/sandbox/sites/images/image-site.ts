/** The image hosts: finds the item whose picture an address names, and draws it. They keep no journal and know no faults, because a
 *  picture is no call. */

import type { ApiRequest } from "../../http/request.js";
import { openToPages } from "../../http/headers.js";
import { plainText, type Response } from "../../http/response.js";
import type { Catalogue } from "../../model.js";
import { cover, portrait } from "./drawing.js";

const imagePath = /^\/static\/img\/(sleeveart|artistimages)\/(\d\d)\/(\d{3})\/(\d{3})\/(\d{10})_(\d{1,4})\.jpg$/;

/** In pixels. */
const coverWidths = new Set([33, 50, 100, 180, 182, 200, 350, 500, 800]);
const portraitWidths = new Set([50, 150, 200]);

/** Null for a path the image hosts do not have. */
export function imageResponse(catalogue: Catalogue, { path, verb }: ApiRequest): Response | null {
  if (!path.startsWith("/static/img/")) return null;
  if (verb !== "GET" && verb !== "HEAD") return plainText(405, "Method not allowed", { Allow: "GET, HEAD", ...openToPages });
  const drawn = drawnAt(catalogue, path);
  if (drawn === undefined) return plainText(404, "There is no such picture", openToPages);
  return {
    status: 200,
    headers: {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "public, max-age=31536000",
      "X-Content-Type-Options": "nosniff",
      // A browser that opens the picture as a page runs and loads nothing.
      "Content-Security-Policy": "default-src 'none'",
      ...openToPages,
    },
    body: drawn,
  };
}

function drawnAt(catalogue: Catalogue, path: string): string | undefined {
  const [, kind, one = "", two = "", three = "", digits = "", widthText] = imagePath.exec(path) ?? [];
  const [id, width] = [Number(digits), Number(widthText)];
  if (kind === undefined || !digits.startsWith(one + two + three)) return undefined;
  if (kind === "sleeveart") {
    const release = coverWidths.has(width) ? catalogue.release(id) : undefined;
    return release && cover(release, width);
  }
  const artist = portraitWidths.has(width) ? catalogue.artist(id) : undefined;
  return artist && portrait(artist, width);
}
