/** `npm run docs`: builds the documentation site into docs/site/dist, from which the server serves it at /docs. Installs the packages of the
 *  site if they are missing; after that nothing is downloaded. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const site = resolve(import.meta.dirname, "../docs/site");

if (!existsSync(join(site, "node_modules"))) {
  const { status } = spawnSync("npm", ["ci", "--prefix", site], { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}
await import(pathToFileURL(join(site, "build.ts")).href);
