import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../../..");
let house: string;

/** A house like ours whose main only tells what it was given. */
beforeEach(async () => {
  house = await mkdtemp(join(tmpdir(), "start-"));
  for (const name of ["scripts/start.mjs", "tsconfig.json", "tsconfig.build.json", "package.json"]) {
    await cp(join(repository, name), join(house, name), { recursive: true });
  }
  await mkdir(join(house, "src"));
  await write('console.log("first", ...process.argv.slice(2));');
});
afterEach(() => rm(house, { recursive: true }));

const installed = () => symlink(join(repository, "node_modules"), join(house, "node_modules"));
const write = (main: string) => writeFile(join(house, "src/main.ts"), `${main}\nexport {};\n`);

function start(...args: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["scripts/start.mjs", ...args], { cwd: house, encoding: "utf8" });
  return { stdout, stderr, status };
}

it("compiles when there is no dist or an older one, and only then; arguments pass through", async () => {
  await installed();
  expect(start("--help")).toEqual({ stdout: "first --help\n", stderr: "Compiling src into dist ...\n", status: 0 });
  expect(start()).toEqual({ stdout: "first\n", stderr: "", status: 0 });
  await write('console.log("second");');
  await utimes(join(house, "src/main.ts"), Date.now() / 1000 + 5, Date.now() / 1000 + 5);
  expect(start().stdout).toBe("second\n");
});

it("runs nothing when src does not compile", async () => {
  await installed();
  await write('const wrong: number = "text"; console.log(wrong);');
  const { stdout, status } = start();
  expect(stdout).toContain("TS2322");
  expect(status).toBe(1);
  expect(start().status, "nor the next time").toBe(1);
});

it("says what to do where there is neither dist nor TypeScript", () => {
  const { stderr, status } = start();
  expect(stderr).toContain("npm ci && npm run build");
  expect(status).toBe(1);
});

it("hands signals to the product, for it is the same process", async () => {
  await installed();
  await write(
    'const timer = setInterval(() => {}, 9e5); process.on("SIGTERM", () => { console.log("bye"); clearInterval(timer); }); console.log("up");',
  );
  const child = spawn(process.execPath, ["scripts/start.mjs"], { cwd: house, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said === "up\n") child.kill("SIGTERM");
  });
  const code = await new Promise((settle) => child.on("close", settle));
  expect([said, code]).toEqual(["up\nbye\n", 0]);
});
