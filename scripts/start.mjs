/** `npm start`: compiles when `dist` is missing or older than what it is made from, then runs it in this very process, so that signals
 *  and arguments reach it. Plain JavaScript, because it runs before anything is compiled. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "..");
const main = join(root, "dist/main.js");

/** Latest change of a file, or of any file below a directory, in epoch ms; 0 where there is none. */
function changedAt(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  return stats.isDirectory() ? Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name)))) : stats.mtimeMs;
}

function compiler() {
  try {
    return createRequire(import.meta.url).resolve("typescript/bin/tsc");
  } catch {
    return undefined;
  }
}

function build(tsc) {
  console.error("Compiling src into dist ...");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--noEmitOnError"], { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    rmSync(join(root, "dist"), { recursive: true, force: true });
    process.exit(1);
  }
}

const sources = ["src", "tsconfig.json", "tsconfig.build.json", "package.json"].map((name) => changedAt(join(root, name)));
if (changedAt(main) < Math.max(...sources)) {
  const tsc = compiler();
  if (tsc) build(tsc);
  else if (existsSync(main))
    console.error("dist is older than src, and TypeScript is not installed to compile it anew: running dist as it is.");
  else {
    console.error("There is no dist, and TypeScript is not installed to make it. Run `npm ci && npm run build` first.");
    process.exit(1);
  }
}

// graphql-js checks every value for a second copy of itself unless it is told that this is no development: half the time of a large
// answer. Nothing of ours reads it.
process.env.NODE_ENV ??= "production";
process.argv[1] = main;
await import(pathToFileURL(main).href);
