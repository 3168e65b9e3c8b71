import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { commandOf } from "../../../src/sandbox/cli/command-line.js";
import { askExactly } from "../../support/sandbox/ask.js";

const cli = join(import.meta.dirname, "../../../src/sandbox/cli/cli.ts");

it("starts with what the document says unless told otherwise", () => {
  expect(commandOf([])).toEqual({ start: { port: 7700, host: "127.0.0.1", maxPageSize: 500, dailyLimit: 1_000_000, images: "sandbox" } });
});

it("reads its options", () => {
  const args = ["--port", "0", "--host=0.0.0.0", "--max-page-size", "50", "--daily-limit", "4000", "--images", "7digital"];
  expect(commandOf(args)).toEqual({ start: { port: 0, host: "0.0.0.0", maxPageSize: 50, dailyLimit: 4000, images: "7digital" } });
});

it("asks for help before anything else", () => {
  expect(commandOf(["--port", "x", "--help"])).toEqual({ help: true });
});

it("refuses bad values and names all of them at once", () => {
  expect(
    commandOf(["stray", "--port", "70000", "--host", "", "--max-page-size", "501", "--pace", "1", "--images", "none", "--daily-limit"]),
  ).toEqual({
    problems: [
      "Unknown argument stray",
      "Unknown option --pace",
      "Unknown argument 1",
      "--host needs an address",
      "--images must be sandbox or 7digital",
      "--port must be a whole number from 0 to 65535",
      "--max-page-size must be a whole number from 1 to 500",
      "--daily-limit must be a whole number from 1 to 9007199254740991",
    ],
  });
});

it("says where it landed, answers, and ends when it is told to", async () => {
  const running = spawn(process.execPath, ["--import", "tsx", cli, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => running.once("exit", resolve));
  const line = await new Promise<string>((resolve) => running.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())));
  const [, url] = /at (http:\S+)/.exec(line) ?? [];
  expect(line).toContain("signing consumer sandbox / sandbox-secret");
  expect((await askExactly(`${url}/status?oauth_consumer_key=k`)).status).toBe(200);
  const release = await askExactly(`${url}/release/details?releaseId=155408&oauth_consumer_key=k`);
  expect(release.text).toContain(`<image>${new URL(String(url)).origin}/static/img/sleeveart/00/001/554/0000155408_50.jpg</image>`);
  running.kill("SIGTERM");
  expect(await ended).toBe(0);
});
