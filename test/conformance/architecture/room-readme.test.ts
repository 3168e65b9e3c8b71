/** Every room of src/ says in a README.md what it is for, what it may import and where to start reading. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { IForbiddenRuleType } from "dependency-cruiser";
import { describe, expect, it } from "vitest";
import { rooms, source } from "./rooms.js";

const { forbidden } = createRequire(import.meta.url)("../../../.dependency-cruiser.cjs") as { forbidden: IForbiddenRuleType[] };

describe.each(await rooms())("src/%s/README.md", (room) => {
  const readme = readFile(join(source, room, "README.md"), "utf8");

  it("names the imports that the rule allows", async () => {
    const line = (await readme).split("\n").find((one) => one.startsWith("May import:"));
    expect(line).toBe(forbidden.find(({ name }) => name === room)?.comment);
  });

  it("says where to start, and names only files and folders that exist", async () => {
    const text = await readme;
    expect(text).toMatch(/^Start reading: `/m);
    const paths = [...text.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].flatMap(([, path = ""]) => [path.replace(/^src\//, "")]);
    for (const path of paths) expect([join(source, room, path), join(source, path)].some(existsSync), path).toBe(true);
  });
});
