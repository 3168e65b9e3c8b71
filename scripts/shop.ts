/** `npm run shop`: the shop of examples/shop on the sandbox. Installs the packages of the examples if they are missing; after that nothing
 *  is downloaded. Ctrl-C stops everything. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { generateExampleFiles } from "./example-files.js";
import { freePort } from "./free-port.js";

const root = resolve(import.meta.dirname, "..");
const examples = join(root, "examples");
const usualPort = 5173;

const children = new Set<ChildProcess>();

function start(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, { cwd, env: environment, stdio: ["ignore", "pipe", "inherit"] });
  children.add(child);
  // One without the other is no shop.
  child.once("exit", (code) => {
    children.delete(child);
    stop(code ?? 0);
  });
  return child;
}

function stop(code: number): void {
  process.exitCode ??= code;
  for (const child of children) child.kill("SIGTERM");
}

/** Resolves with the first match in what the process prints. */
function printed({ stdout }: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((settle) => {
    let text = "";
    stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) settle(match[0]);
    });
  });
}

/** Settings of a real shop do not count here. */
function sandboxEnvironment(origins: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(SEVENDIGITAL|DATABASE|DATA|SEALING|PERSISTED|LIMIT)_/.test(name));
  return { ...Object.fromEntries(inherited), PORT: "0", HOST: "127.0.0.1", PROFILE: "open", RETURN_ORIGINS: origins };
}

if (!existsSync(join(examples, "node_modules"))) {
  console.log("Installing the packages of the examples ...");
  if (spawnSync("npm", ["ci", "--prefix", examples], { stdio: "inherit", shell: process.platform === "win32" }).status !== 0)
    process.exit(1);
}
process.once("SIGINT", () => stop(0));
process.once("SIGTERM", () => stop(0));
generateExampleFiles();
const port = await freePort(usualPort);
const origin = `http://127.0.0.1:${String(port)}`;
// Not in the root: a file .env there may have a key of 7digital.
const server = start([join(root, "scripts/start.mjs")], join(examples, "shop"), sandboxEnvironment(origin));
const graphql = await printed(server, /http:\S+(?=\/graphql)/);
const vite = [join(examples, "node_modules/vite/bin/vite.js"), "--host", "127.0.0.1", "--port", String(port), "--strictPort"];
const shop = start(vite, join(examples, "shop"), { ...process.env, NO_COLOR: "1", GRAPHQL_ORIGIN: graphql });
await printed(shop, /ready in/);
console.log(`The shop is at ${origin}. Sign in as demo@sandbox.test with the password "demo". Ctrl-C stops it.`);
