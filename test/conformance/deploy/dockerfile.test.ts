/** The image has no secret, no root and no shell between Docker and the service. `npm run deploy:check` carries out its steps. */
import { describe, expect, it } from "vitest";
import { readDockerfile } from "../../../scripts/deploy/dockerfile.js";
import { textOf } from "../../../scripts/deploy/files.js";

const stages = readDockerfile(textOf("Dockerfile"));
const last = stages.at(-1) ?? [];
const { scripts } = JSON.parse(textOf("package.json")) as { readonly scripts: Readonly<Record<string, string>> };

function argumentsOf(name: string): readonly string[] {
  return last.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
}

describe("the image", () => {
  it("is made in two stages, both of Node 24, and the second runs nothing", () => {
    expect(stages.map(([from]) => from?.rest)).toEqual(["node:24-bookworm-slim AS build", "node:24-bookworm-slim"]);
    expect(argumentsOf("RUN")).toEqual([]);
  });

  it("runs as a user with a number that is not root", () => {
    expect(argumentsOf("USER")).toEqual(["1000:1000"]);
  });

  it("starts node itself, with the flags of `npm start`, so that signals reach it", () => {
    const [entry = ""] = argumentsOf("ENTRYPOINT");
    const command = JSON.parse(entry) as readonly string[];
    expect(command[0]).toBe("node");
    const flags = (scripts["start"] ?? "").split(" ").filter((word) => word.startsWith("--"));
    expect(flags.length).toBeGreaterThan(0);
    expect(command).toEqual(expect.arrayContaining(flags));
    expect(argumentsOf("STOPSIGNAL")).toEqual(["SIGTERM"]);
  });

  it("checks its health without a shell", () => {
    const [check = ""] = argumentsOf("HEALTHCHECK");
    expect(check).toMatch(/ CMD \["node", "[^"]+healthcheck\.mjs"\]$/);
  });

  it("holds no secret: none is an argument, a variable or a file that is copied", () => {
    const all = stages.flat();
    expect(all.filter(({ name }) => ["ARG", "ADD"].includes(name))).toEqual([]);
    const set = all.filter(({ name }) => name === "ENV").flatMap(({ rest }) => rest.split(" ").map((pair) => pair.split("=")[0]));
    expect(set).toEqual(["NODE_ENV", "HOST", "PORT"]);
    // Without `COPY .`, and with an ignore file that begins with everything, a file gets in by name only.
    expect(all.filter(({ name, rest }) => name === "COPY" && /(?:^|\s)\.\/?\s/.test(rest))).toEqual([]);
    const ignored = textOf(".dockerignore")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    expect(ignored[0]).toBe("*");
  });
});
