/** The product as a process of its own: how it ends. */
import { spawn, type ChildProcess } from "node:child_process";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";

const main = join(import.meta.dirname, "../src/main.ts");
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:SEVENDIGITAL_|PORT$|HOST$)/.test(name)));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Somewhere without a file .env. */
function start(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), main], {
    cwd: tmpdir(),
    env: { ...clean, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const url = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const [found] = /http:\/\/\S+\/graphql/.exec(chunk.toString()) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, url, code, errors: text(child.stderr) };
}

function occupy(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

it("ends with code 1 when its port is in use, although the embedded sandbox has started", async () => {
  const occupant = await occupy();
  const { code, errors } = start({ PORT: String((occupant.address() as AddressInfo).port) });
  expect(await code).toBe(1);
  expect(await errors).toMatch(/^It could not start: listen EADDRINUSE/);
  occupant.close();
});

it.each(["SIGINT", "SIGTERM"] as const)("stops with code 0 on %s", async (signal) => {
  const { child, url, code } = start({ PORT: "0" });
  await (
    await fetch(await url, { method: "POST", headers: { "content-type": "application/json" }, body: `{"query":"{ __typename }"}` })
  ).text();
  child.kill(signal);
  expect(await code).toBe(0);
});

it("answers what is under way on the first signal, and ends at once on the second, whichever", async () => {
  const silent = await occupy();
  const called = new Promise((resolve) => silent.once("connection", resolve));
  const { child, url, code } = start({
    PORT: "0",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}/1.2`,
    SEVENDIGITAL_TIMEOUT_MS: "60000",
  });
  const query = encodeURIComponent(`{ artist(id: "1") { name } }`);
  const unanswered = fetch(`${await url}?query=${query}`).catch(() => "cut off");
  await called;
  child.kill("SIGTERM");
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(child.exitCode, "after the first").toBeNull();
  child.kill("SIGINT");
  expect(await code).toBe(1);
  expect(await unanswered).toBe("cut off");
  silent.close();
});
