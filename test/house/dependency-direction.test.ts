import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../..");
const rules = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
};

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "direction-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** Writes a little house (file → what it imports) and gives the names of the rules it breaks. */
async function broken(files: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const house = await mkdtemp(join(directory, "house-"));
  await symlink(join(repository, "node_modules"), join(house, "node_modules"));
  const imported = Object.values(files)
    .flat()
    .filter((name) => name.endsWith(".ts"));
  for (const file of new Set([...Object.keys(files), ...imported])) {
    const lines = (files[file] ?? []).map((target, index) => {
      const specifier = target.endsWith(".ts") ? relativeSpecifier(file, target) : target;
      return `import * as x${index} from "${specifier}"; export const y${index} = x${index};`;
    });
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), `${lines.join("\n")}\nexport const here = 1;\n`);
  }
  await writeFile(
    join(house, "package.json"),
    JSON.stringify({ type: "module", dependencies: { graphql: "*" }, devDependencies: { prettier: "*" } }),
  );
  const options: ICruiseOptions = { ...rules.options, baseDir: house, ruleSet: { forbidden: rules.forbidden }, validate: true };
  delete (options as { tsConfig?: unknown }).tsConfig;
  const { output } = await cruise(["src"], options);
  return [...new Set((output as ICruiseResult).summary.violations.map(({ rule }) => rule.name))].sort();
}

function relativeSpecifier(from: string, to: string): string {
  const up = "../".repeat(from.split("/").length - 1);
  return `${up === "" ? "./" : up}${to.replace(/\.ts$/, ".js")}`;
}

it("lets the architecture's own direction pass", async () => {
  const lawful = {
    "src/main.ts": ["src/config.ts", "src/server/server.ts", "src/sandbox/start.ts"],
    "src/server/server.ts": ["src/graph/schema.ts", "src/graph/context.ts", "src/config.ts"],
    "src/graph/schema.ts": [
      "src/graph/builder.ts",
      "src/catalogue/artist.graph.ts",
      "src/purchase/attempt.graph.ts",
      "src/account/viewer.graph.ts",
    ],
    "src/graph/builder.ts": ["src/graph/context.ts", "graphql"],
    "src/graph/context.ts": ["src/catalogue/loaders.ts", "src/purchase/loaders.ts"],
    "src/catalogue/artist.graph.ts": ["src/graph/builder.ts", "src/catalogue/refs.ts", "src/shared/price.graph.ts"],
    "src/catalogue/refs.ts": ["src/graph/builder.ts", "src/catalogue/decoders.ts"],
    "src/shared/price.graph.ts": ["src/graph/builder.ts", "src/shared/price.ts"],
    "src/purchase/attempt.graph.ts": ["src/graph/builder.ts", "src/basket/refs.ts"],
    "src/basket/refs.ts": ["src/graph/builder.ts"],
    "src/account/viewer.graph.ts": ["src/graph/builder.ts"],
    "src/catalogue/loaders.ts": ["src/catalogue/endpoints/artist-details.ts", "src/upstream/client.ts"],
    "src/locker/loaders.ts": ["src/catalogue/lists.ts", "src/media/links.ts"],
    "src/purchase/loaders.ts": ["src/catalogue/loaders.ts", "src/basket/decoders.ts", "src/locker/decoders.ts", "src/media/links.ts"],
    "src/catalogue/endpoints/artist-details.ts": ["src/catalogue/decoders.ts", "src/upstream/endpoint.ts"],
    "src/catalogue/decoders.ts": ["src/shared/price.ts", "src/upstream/decode.ts"],
    "src/shared/price.ts": ["src/upstream/decode.ts"],
    "src/upstream/client.ts": ["src/upstream/endpoint.ts", "src/config.ts"],
    "src/sandbox/start.ts": ["src/sandbox/store.ts"],
  };
  expect(await broken(lawful)).toEqual([]);
});

describe("each rule bites", () => {
  const cases: [rule: string, from: string, to: string][] = [
    ["config-imports-only-what-is-above-it", "src/config.ts", "src/upstream/client.ts"],
    ["upstream-imports-only-what-is-above-it", "src/upstream/client.ts", "src/catalogue/decoders.ts"],
    ["upstream-imports-only-what-is-above-it", "src/upstream/client.ts", "src/shared/price.ts"],
    ["shared-imports-only-what-is-above-it", "src/shared/price.ts", "src/catalogue/decoders.ts"],
    ["catalogue-imports-only-what-is-above-it", "src/catalogue/loaders.ts", "src/basket/decoders.ts"],
    ["media-imports-only-what-is-above-it", "src/media/links.ts", "src/locker/decoders.ts"],
    ["basket-imports-only-what-is-above-it", "src/basket/loaders.ts", "src/purchase/attempt.ts"],
    ["locker-imports-only-what-is-above-it", "src/locker/loaders.ts", "src/basket/decoders.ts"],
    ["purchase-imports-only-what-is-above-it", "src/purchase/attempt.ts", "src/account/tokens.ts"],
    ["account-imports-only-what-is-above-it", "src/account/tokens.ts", "src/catalogue/decoders.ts"],
    ["upstream-and-config-know-no-graph", "src/upstream/client.ts", "src/graph/errors.ts"],
    ["lower-half-knows-no-graph", "src/catalogue/loaders.ts", "src/graph/builder.ts"],
    ["lower-half-knows-no-graph", "src/catalogue/loaders.ts", "src/catalogue/refs.ts"],
    ["graph-below-its-schema-knows-no-types", "src/graph/builder.ts", "src/catalogue/artist.graph.ts"],
    ["graph-below-its-schema-knows-no-types", "src/graph/hydrate.ts", "src/graph/schema.ts"],
    ["context-comes-before-builder", "src/graph/context.ts", "src/graph/builder.ts"],
    ["types-are-not-told-what-schema-they-are-in", "src/catalogue/artist.graph.ts", "src/graph/schema.ts"],
    ["only-main-imports-server", "src/graph/builder.ts", "src/server/session.ts"],
    ["nothing-imports-main", "src/server/server.ts", "src/main.ts"],
    ["sandbox-imports-nothing-of-ours", "src/sandbox/start.ts", "src/upstream/xml.ts"],
    ["only-main-starts-the-sandbox", "src/server/server.ts", "src/sandbox/start.ts"],
    ["src-imports-only-src", "src/server/server.ts", "test/support/facade.ts"],
    ["src-imports-only-src", "src/server/server.ts", "schema/contract.ts"],
    ["declared-for-run-time", "src/server/server.ts", "prettier"],
    ["resolvable", "src/server/server.ts", "a-package-that-is-not-there"],
  ];

  it.each(cases)("%s: %s → %s", async (rule, from, to) => {
    expect(await broken({ [from]: [to] })).toContain(rule);
  });

  it("context-comes-before-builder, by whatever way", async () => {
    const roundabout: Record<string, string[]> = {
      "src/graph/context.ts": ["src/catalogue/lists.ts"],
      "src/catalogue/lists.ts": ["src/graph/builder.ts"],
    };
    expect(await broken(roundabout)).toEqual(["context-comes-before-builder"]);
  });

  it("no-cycles and no-orphans", async () => {
    expect(await broken({ "src/shared/a.ts": ["src/shared/b.ts"], "src/shared/b.ts": ["src/shared/a.ts"] })).toEqual(["no-cycles"]);
    expect(await broken({ "src/shared/alone.ts": [] })).toEqual(["no-orphans"]);
  });

  it("and no rule is without a case here", () => {
    const shown = new Set([...cases.map(([rule]) => rule), "no-cycles", "no-orphans"]);
    expect(rules.forbidden.map(({ name }) => name).filter((name = "") => !shown.has(name))).toEqual([]);
  });
});
