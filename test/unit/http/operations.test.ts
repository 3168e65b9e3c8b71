import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOperations } from "../../../src/http/graphiql/example-operations.js";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "operations-"));
});
afterEach(() => rm(directory, { recursive: true }));

it("gives the operations in the order of their files, with their comments", async () => {
  await writeFile(join(directory, "02-second.graphql"), "query Second { b }\n");
  await writeFile(join(directory, "01-first.graphql"), "# Why.\nquery First { ...F }\nfragment F on Query { a }\n");
  await writeFile(join(directory, "notes.txt"), "not an operation");
  expect(readOperations(directory)).toEqual([
    { name: "First", query: "# Why.\nquery First { ...F }\nfragment F on Query { a }\n" },
    { name: "Second", query: "query Second { b }\n" },
  ]);
});

it.each([
  ["no operation", "fragment F on Query { a }"],
  ["two operations", "query A { a } query B { b }"],
  ["an operation without a name", "{ a }"],
])("names the file that holds %s", async (_what, text) => {
  await writeFile(join(directory, "03-bad.graphql"), text);
  expect(() => readOperations(directory)).toThrow("03-bad.graphql must hold exactly one operation, with a name");
});
