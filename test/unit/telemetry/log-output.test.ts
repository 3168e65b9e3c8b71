import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { createLogOutput, writeOrLose } from "../../../src/telemetry/log-output.js";

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

it("keeps a bounded amount for a reader that stands still, and goes on when that reads again", async () => {
  let reads = (): void => undefined;
  const written: number[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk.length);
      reads = done;
    },
  });
  for (let nth = 0; nth < 5000; nth += 1) writeOrLose(stream, "x".repeat(1000));
  expect(stream.writableLength).toBeLessThan(1_100_000);
  while (stream.writableLength > 0) {
    reads();
    await new Promise((resolve) => setImmediate(resolve));
  }
  writeOrLose(stream, "again");
  expect(written.at(-1)).toBe("again".length);
});

it("survives a stream that takes nothing any more", async () => {
  const stream = new Writable({
    autoDestroy: false,
    write: (_chunk, _encoding, done) => done(new Error("It is gone.")),
  });
  for (let nth = 0; nth < 3; nth += 1) {
    writeOrLose(stream, "line");
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stream.listenerCount("error")).toBeLessThan(2);
});
