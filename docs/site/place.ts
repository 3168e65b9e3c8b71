/** Where the site is served, where its sources are, and where it is built. */
import { join, resolve } from "node:path";

/** All links of the site begin with it. */
export const base = "/docs/";

/** The folder of README.md. */
export const root = resolve(import.meta.dirname, "../..");
export const built = join(import.meta.dirname, "dist");

/** The address of a page. @param path Below the base, with a slash at its end; empty for the start page. */
export const addressOf = (path: string): string => `${base}${path}`;
