/** That the Node which runs the tests knows the flags of V8 that we set, and what happens on one that does not. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const heapSettings = new URL("src/app/heap-settings.ts", root);

function node(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, args, { encoding: "utf8", env: { PATH: process.env["PATH"] } });
}

function module(code: string): ReturnType<typeof node> {
  return node("--import", import.meta.resolve("tsx"), "--input-type=module", "--eval", code);
}

it("V8 has every flag that the service sets, and complains of none", () => {
  const { status, stdout, stderr } = module(`
    const { setUpHeap } = await import(${JSON.stringify(heapSettings.href)});
    setUpHeap();
    console.log("up");`);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "up\n", stderr: "" });
});

it.each(["--heap-growing-percent", "--allocation-site-pretenuring", "--max-semi-space-size"])("V8 lists %s", (flag) => {
  expect(node("--v8-options").stdout).toMatch(new RegExp(`^ *${flag} `, "m"));
});

it("Node takes the options of `npm start`", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { scripts: { start: string } };
  const options = scripts.start.split(" ").filter((word) => word.startsWith("--"));
  expect(options).toEqual(["--max-semi-space-size=4"]);
  expect(node(...options, "--eval", "console.log('up')")).toMatchObject({ status: 0, stdout: "up\n", stderr: "" });
});

it("a flag that V8 no longer has is a complaint on stderr, and ends no process", () => {
  const { status, stdout, stderr } = module(`
    import { setFlagsFromString } from "node:v8";
    setFlagsFromString("--no-flag-of-this-name");
    console.log("up");`);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "up\n" });
  expect(stderr).toContain("unrecognized flag --no-flag-of-this-name");
});
