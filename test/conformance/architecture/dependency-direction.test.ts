/** Who may import whom (.dependency-cruiser.cjs): the real files keep every rule, and every rule rejects a real file that breaks it. */
import { existsSync } from "node:fs";
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rooms } from "./rooms.js";

const repository = resolve(import.meta.dirname, "../../..");
const rules = createRequire(import.meta.url)("../../../.dependency-cruiser.cjs") as {
  forbidden: IForbiddenRuleType[];
  options: ICruiseOptions;
};

async function cruiseSource(baseDir: string): Promise<ICruiseResult> {
  const options: ICruiseOptions = { ...rules.options, baseDir, ruleSet: { forbidden: rules.forbidden }, validate: true };
  // The TypeScript settings do not change how files are found.
  delete (options as { tsConfig?: unknown }).tsConfig;
  return (await cruise(["src"], options)).output as ICruiseResult;
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

describe("the source", () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    result = await cruiseSource(repository);
  });

  it("breaks no rule", () => {
    expect(result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(result.summary.totalCruised).toBeGreaterThan(300);
  });

  it("has no two rooms that import each other", () => {
    const pairs = new Set(
      result.modules.flatMap(({ source, dependencies }) =>
        dependencies
          .map(({ resolved }) => [roomOf(source), roomOf(resolved)])
          .flatMap(([from, to]) => (from && to && from !== to ? [`${from} ${to}`] : [])),
      ),
    );
    const mutual = [...pairs].filter((pair) => pairs.has(pair.split(" ").reverse().join(" ")));
    expect(pairs.size).toBeGreaterThan(30);
    expect(mutual).toEqual([]);
  });

  it("has a rule for every room, and no rule for a room that is not there", async () => {
    const names = rules.forbidden.flatMap(({ name = "" }) => (existsSync(join(repository, "src", name)) ? [name] : []));
    expect(names.sort()).toEqual([...(await rooms())].sort());
  });
});

/** Imports that break a rule, each added to a real file. Those without a slash are packages. */
const cases: readonly (readonly [rule: string, from: string, to: string])[] = [
  ["formats", "src/formats/moments.ts", "src/config/config.ts"],
  ["config", "src/config/config.ts", "src/upstream/client.ts"],
  ["upstream", "src/upstream/client.ts", "src/shared/price.ts"],
  ["upstream", "src/upstream/client.ts", "src/operation/errors.ts"],
  ["shared", "src/shared/price.ts", "src/catalogue/decoders.ts"],
  ["shared", "src/shared/scope.ts", "src/graph/builder.ts"],
  ["graph", "src/graph/builder.ts", "src/catalogue/artist.graph.ts"],
  ["graph", "src/graph/lazy-field.ts", "src/operation/errors.ts"],
  ["catalogue", "src/catalogue/loaders.ts", "src/basket/decoders.ts"],
  ["catalogue", "src/catalogue/artist.graph.ts", "src/app/schema.ts"],
  ["media", "src/media/link.ts", "src/locker/decoders.ts"],
  ["basket", "src/basket/write.ts", "src/purchase/attempt.ts"],
  ["locker", "src/locker/loaders.ts", "src/basket/decoders.ts"],
  ["purchase", "src/purchase/attempt.ts", "src/account/sign-in.ts"],
  ["account", "src/account/sign-in.ts", "src/catalogue/decoders.ts"],
  ["service", "src/service/service.graph.ts", "src/basket/decoders.ts"],
  ["federation", "src/federation/entities.ts", "src/basket/decoders.ts"],
  ["client", "src/client/caller.ts", "src/catalogue/loaders.ts"],
  ["client", "src/client/caller.ts", "src/purchase/order.ts"],
  ["client-without-graphql", "src/client/xml-tree.ts", "graphql"],
  ["agents", "src/agents/tools.ts", "src/catalogue/loaders.ts"],
  ["embedding", "src/embedding/local-run.ts", "src/catalogue/loaders.ts"],
  ["entries", "src/entries/prepare.ts", "src/operation/errors.ts"],
  ["only-redis-knows-its-client", "src/app/redis.ts", "ioredis"],
  ["only-agents-know-their-protocol", "src/agents/tools.ts", "@modelcontextprotocol/sdk"],
  ["operation", "src/operation/operation.ts", "src/catalogue/loaders.ts"],
  ["operation", "src/operation/operation.ts", "src/telemetry/telemetry.ts"],
  ["http", "src/http/responses.ts", "src/account/sign-in.ts"],
  ["http", "src/http/responses.ts", "src/telemetry/telemetry.ts"],
  ["telemetry", "src/telemetry/telemetry.ts", "src/http/responses.ts"],
  ["telemetry", "src/telemetry/telemetry.ts", "src/purchase/attempt-store.ts"],
  ["telemetry", "src/telemetry/telemetry.ts", "src/app/server-config.ts"],
  ["processes", "src/processes/primary.ts", "src/app/server.ts"],
  ["redis", "src/redis/redis-peers.ts", "src/purchase/attempt-store.ts"],
  ["redis", "src/redis/redis-peers.ts", "src/processes/calls.ts"],
  ["app", "src/app/server.ts", "src/sandbox/sandbox.ts"],
  ["app", "src/app/server.ts", "src/main.ts"],
  ["sandbox", "src/sandbox/sandbox.ts", "src/upstream/xml/xml.ts"],
  ["main", "src/main.ts", "src/telemetry/log.ts"],
  ["redirects", "src/redirects.ts", "src/shared/return-url.ts"],
  ["no-graphql-below-the-graph", "src/shared/client-error.ts", "graphql"],
  ["domain-files-know-no-graphql", "src/account/sign-in.ts", "graphql"],
  ["domain-files-know-no-graphql", "src/catalogue/loaders.ts", "src/graph/builder.ts"],
  ["domain-files-know-no-graphql", "src/catalogue/loaders.ts", "src/catalogue/refs.ts"],
  ["domain-files-know-no-graphql", "src/basket/changes.ts", "src/basket/basket.graph.ts"],
  ["only-its-adapter-knows-yoga", "src/operation/execute.ts", "graphql-yoga"],
  ["src-imports-only-src", "src/app/services.ts", "test/support/facade.ts"],
  ["src-imports-only-src", "src/app/services.ts", "scripts/check.ts"],
  ["declared-for-run-time", "src/app/services.ts", "prettier"],
  ["resolvable", "src/app/services.ts", "a-package-that-is-not-there"],
];

describe("a copy of the source with imports that break the rules", () => {
  const cyclic = ["src/http/json-limits.ts", "src/http/responses.ts"] as const;
  const lonely = "src/config/lonely.ts";
  let house: string;
  let violations: ReadonlySet<string>;

  beforeAll(async () => {
    house = await mkdtemp(join(tmpdir(), "direction-"));
    for (const folder of ["src", "test", "scripts"]) await cp(join(repository, folder), join(house, folder), { recursive: true });
    await symlink(join(repository, "node_modules"), join(house, "node_modules"));
    await writeFile(join(house, "package.json"), await readFile(join(repository, "package.json")));
    const added = [...cases, ["no-cycles", cyclic[1], cyclic[0]] as const];
    for (const [index, [, from, to]] of added.entries()) {
      const name = `broken${String(index)}`;
      await appendFile(join(house, from), `\nimport * as ${name} from "${specifierOf(from, to)}"; export const _${name} = ${name};\n`);
    }
    await writeFile(join(house, lonely), "export const lonely = true;\n");
    const { summary } = await cruiseSource(house);
    violations = new Set(
      summary.violations.map(({ rule, from, to, cycle = [] }) => [rule.name, from, to, ...cycle.map(({ name }) => name)].join(" ")),
    );
  });
  afterAll(() => rm(house, { recursive: true }));

  it.each(cases)("%s: %s → %s", (rule, from, to) => {
    expect(existsSync(join(repository, from)), from).toBe(true);
    if (to.endsWith(".ts")) expect(existsSync(join(repository, to)), to).toBe(true);
    const found = [...violations].filter((one) => one.startsWith(`${rule} ${from} `));
    expect(found.filter((one) => one.includes(to))).not.toEqual([]);
  });

  it("no-cycles: two files that import each other", () => {
    const [one, other] = cyclic;
    expect(
      [...violations].filter((violation) => violation.startsWith("no-cycles ") && violation.includes(one) && violation.includes(other)),
    ).not.toEqual([]);
  });

  it("no-orphans: a file that nothing imports", () => {
    expect([...violations].filter((one) => one.startsWith("no-orphans "))).toEqual([`no-orphans ${lonely} ${lonely}`]);
  });

  it("has a case for every rule", () => {
    const shown = new Set([...cases.map(([rule]) => rule), "no-cycles", "no-orphans"]);
    expect(rules.forbidden.map(({ name }) => name).filter((name = "") => !shown.has(name))).toEqual([]);
  });
});

function specifierOf(from: string, to: string): string {
  return to.endsWith(".ts") ? `${"../".repeat(from.split("/").length - 1)}${to.replace(/\.ts$/, ".js")}` : to;
}
