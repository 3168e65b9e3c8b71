import { expect, it } from "vitest";
import { createLogOutput } from "../../../src/telemetry/log-output.js";

it("writes lines together, but never more than Linux writes to a pipe in one piece", async () => {
  const written: string[] = [];
  const output = createLogOutput((lines) => written.push(lines));
  // Three bytes for each character.
  const line = `${"…".repeat(500)}\n`;
  for (let nth = 0; nth < 5; nth += 1) output(line);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toEqual([line + line, line + line, line]);
  const long = `${"x".repeat(5000)}\n`;
  output("first\n");
  output(long);
  output("last\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect(written.slice(3)).toEqual(["first\n", long, "last\n"]);
});

it("writes what is left when the process ends, and leaves no listener behind", async () => {
  const before = process.listeners("exit");
  const written: string[] = [];
  const output = createLogOutput((lines) => written.push(lines));
  expect(process.listeners("exit")).toEqual(before);
  output("last words\n");
  const [added] = process.listeners("exit").filter((listener) => !before.includes(listener));
  added?.(0);
  expect([written, process.listeners("exit")]).toEqual([["last words\n"], before]);
  output("more\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect([written[1], process.listeners("exit")]).toEqual(["more\n", before]);
});
