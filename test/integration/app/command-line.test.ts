/** The commands of `7digital-graphql`, as processes of their own. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { createPostgresAttemptStore } from "../../../src/purchase/stores/postgres-attempt-store.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { onSandbox } from "../../support/facade.js";
import { withoutPostgres } from "../../support/purchase/places.js";

const root = join(import.meta.dirname, "../../..");

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly problems: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  return runIn({}, ...args);
}

function runIn(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "src/main.ts"), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, problems] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (problems += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, problems })));
}

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "operation-")), "operation.graphql");
  writeFileSync(path, text);
  return path;
}

describe("schema", () => {
  it("prints what is checked in for gateways", async () => {
    const [subgraph, stitching] = await Promise.all([run("schema", "--subgraph"), run("schema", "--stitching")]);
    expect(subgraph.out).toBe(readFileSync(join(root, "schema/subgraph.graphql"), "utf8"));
    expect(stitching.out).toBe(readFileSync(join(root, "schema/stitching.graphql"), "utf8"));
  });

  it("prints the public schema, and type names with a prefix", async () => {
    const [plain, prefixed] = await Promise.all([run("schema"), run("schema", "--subgraph", "--prefix", "Music")]);
    const schema = buildSchema(plain.out);
    expect([schema.getType("Release")?.name, "itemDeliver" in (schema.getMutationType()?.getFields() ?? {})]).toEqual(["Release", false]);
    expect(prefixed.out).toContain('type MusicArtist implements Node @key(fields: "id") @key(fields: "artistId")');
  });
});

describe("explain", () => {
  it("says which calls an operation may cost, the dearest method first", async () => {
    const path = file("query Chart($first: Int!) { releaseChart(first: $first) { nodes { title tracks(first: 5) { nodes { title } } } } }");
    expect(await run("explain", path, "--variables", '{"first": 50}')).toEqual({
      code: 0,
      out: "query Chart: at most 51 calls to 7digital, with nothing cached\n  release/tracks  50\n  release/chart    1\n",
      problems: "",
    });
  });

  it("says so where an operation can spend money, and picks one of several by name", async () => {
    const path = file(
      'query Free { storeContext { country } } mutation Buy { itemPurchase(input: { itemId: "release:1", idempotencyKey: "0123456789abcdef" }) { purchase { id } } }',
    );
    const [free, buy] = await Promise.all([run("explain", path, "--operation", "Free"), run("explain", path, "--operation", "Buy")]);
    expect(free.out).toBe("query Free: no call to 7digital, with nothing cached\n");
    expect(buy.out).toContain("It can spend money");
  });

  it.each([
    ["a document that is not valid", "{ artist { name } }", [], 'argument "id" of type'],
    ["a variable that is missing", "query ($id: ID!) { artist(id: $id) { name } }", [], '"$id" of required type'],
    ["variables that are no JSON", "{ stores { name } }", ["--variables", "{"], "JSON"],
    ["several operations without a name", "query A { stores { name } } query B { stores { name } }", [], "--operation"],
  ])("refuses %s in a sentence", async (_, text, args, sentence) => {
    const { code, out, problems } = await run("explain", file(text), ...args);
    expect([code, out]).toEqual([1, ""]);
    expect(problems).toContain(sentence);
    expect(problems).not.toContain("    at ");
  });
});

describe("doctor", () => {
  let sandbox: Sandbox;
  let environment: Record<string, string>;

  beforeEach(async () => {
    sandbox = await startSandbox();
    const key = { SEVENDIGITAL_CONSUMER_KEY: "sandbox", SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret" };
    environment = { ...onSandbox(sandbox), ...key, DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "records-")) };
  });
  afterEach(async () => {
    await sandbox.close();
  });

  it("finds all well, with three calls", async () => {
    const { code, out } = await runIn(environment, "doctor");
    expect([code, out.match(/^ok /gm)?.length, out.match(/PROBLEM/g)]).toEqual([0, 10, null]);
    const methods = sandbox.journal.entries().map(({ method }) => method);
    expect(methods.filter((method) => /^(release|track|oauth)/.test(method))).toEqual([
      "release/chart",
      "oauth/requesttoken",
      "track/chart",
    ]);
  });

  it("says that the secret is wrong, and that a host is not there, without telling the secret", async () => {
    const wrong = { ...environment, SEVENDIGITAL_CONSUMER_SECRET: "not-the-secret", SEVENDIGITAL_MEDIA_URL: "http://127.0.0.1:9/media" };
    const { code, out, problems } = await runIn(wrong, "doctor");
    expect(code).toBe(1);
    expect(out).toMatch(/^PROBLEM consumer secret .*Compare SEVENDIGITAL_CONSUMER_SECRET/m);
    expect(out).toMatch(/^PROBLEM 127\.0\.0\.1:9 .*ECONNREFUSED.*SEVENDIGITAL_MEDIA_URL/m);
    expect(out).toMatch(/^ok {6}consumer key /m);
    expect(out + problems).not.toContain("not-the-secret");
  });
});

describe.skipIf(!hasRedis())("Redis, looked at by doctor", { timeout: 60_000 }, () => {
  const eviction = ["--maxmemory", "32mb", "--maxmemory-policy", "allkeys-lru"];
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  async function lineOf(redisUrl: string): Promise<string | undefined> {
    const key = { SEVENDIGITAL_CONSUMER_KEY: "sandbox", SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret", PROFILE: "open" };
    const shared = { SEALING_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`, REDIS_URL: redisUrl };
    const records = { DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "records-")) };
    const { out, problems } = await runIn({ ...onSandbox(sandbox), ...key, ...shared, ...records }, "doctor");
    expect(out + problems).not.toContain("word-of-redis");
    return /^(?:ok|PROBLEM) +Redis +.*$/m.exec(out)?.[0].replace(/ +/g, " ");
  }

  it.each([
    ["can be used", eviction, "ok Redis can be used"],
    ["has no bounds", [], "PROBLEM Redis It may grow without bounds. Set maxmemory, and maxmemory-policy to allkeys-lru."],
    [
      "evicts nothing",
      ["--maxmemory", "32mb"],
      "PROBLEM Redis When it is full, it keeps nothing new (maxmemory-policy noeviction). Set maxmemory-policy to allkeys-lru.",
    ],
    ["is full", ["--maxmemory", "1"], "PROBLEM Redis It is full and keeps nothing more. Set maxmemory-policy to allkeys-lru."],
    [
      "grants only what doctor names",
      [
        ...[...eviction, "--user", "guest", "on", "nopass", "~7d:*", "&7d:*"],
        ...[
          "ping",
          "info",
          "set",
          "get",
          "del",
          "incrby",
          "pexpire",
          "pttl",
          "multi",
          "exec",
          "eval",
          "evalsha",
          "publish",
          "subscribe",
        ].map((command) => `+${command}`),
      ],
      "ok Redis can be used",
      "guest:word-of-redis@",
    ],
    [
      "is a replica",
      [...eviction, "--replicaof", "127.0.0.1", "9"],
      "PROBLEM Redis It is a replica (READONLY). REDIS_URL must name the primary.",
    ],
    [
      "may not be written by us",
      [...eviction, "--user", "guest", "on", "nopass", "~7d:*", "&*", "+@all", "-publish"],
      "PROBLEM Redis Its user needs more rights (NOPERM): PING, INFO, SET, GET, DEL, INCRBY, PEXPIRE, PTTL, MULTI, EXEC, EVAL, EVALSHA, PUBLISH, SUBSCRIBE, on keys and channels 7d:*.",
      "guest:word-of-redis@",
    ],
    [
      "wants a password",
      [...eviction, "--user", "guest", "on", ">another", "~*", "&*", "+@all"],
      "PROBLEM Redis It rejects the user or the password of REDIS_URL (WRONGPASS).",
      "guest:word-of-redis@",
    ],
  ])("%s", async (_, settings, line, credentials = "") => {
    const server = await RedisServer.start(settings);
    expect(await lineOf(server.url.replace("redis://", `redis://${credentials}`))).toBe(line);
    await server.remove();
  });

  it("has no such database", async () => {
    const server = await RedisServer.start(eviction);
    expect(await lineOf(`${server.url}/99`)).toBe("PROBLEM Redis It does not let us into the database that REDIS_URL names (ERR).");
    await server.remove();
  });

  it("is a cluster", async () => {
    const nodes = join(mkdtempSync(join(tmpdir(), "cluster-")), "nodes.conf");
    const server = await RedisServer.start([...eviction, "--cluster-enabled", "yes", "--cluster-config-file", nodes]);
    expect(await lineOf(server.url)).toMatch(
      /^PROBLEM Redis It is a cluster \((?:CLUSTERDOWN|MOVED)\)\. REDIS_URL must name a single server\.$/,
    );
    await server.remove();
  });

  it("hangs", async () => {
    const server = await RedisServer.start(eviction);
    server.freeze();
    expect(await lineOf(server.url)).toMatch(/^PROBLEM Redis No connection \(TIMEOUT\)\. Is REDIS_URL right/);
    await server.remove();
  });

  it("is not there", async () => {
    expect(await lineOf("redis://127.0.0.1:9")).toBe(
      "PROBLEM Redis No connection (ECONNREFUSED). Is REDIS_URL right, and may this machine reach it?",
    );
  });
});

describe.skipIf(withoutPostgres)("purchase records in PostgreSQL", { timeout: 60_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start(["full_page_writes=off"]);
  });
  afterAll(() => server.remove());

  async function restoredDatabase(): Promise<string> {
    const [original, copy] = [await server.newDatabase(), await server.newDatabase()];
    const store = createPostgresAttemptStore(original);
    expect(await store.check()).toBeUndefined();
    await store.close();
    server.restoreDump(server.dump(original), copy);
    return copy;
  }

  it("are found to be a restored copy by doctor, and are good after `records confirm`, but for a risk that stays", async () => {
    const sandbox = await startSandbox();
    const key = { SEVENDIGITAL_CONSUMER_KEY: "sandbox", SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret", PROFILE: "open" };
    const environment = { ...onSandbox(sandbox), ...key, DATABASE_URL: await restoredDatabase() };
    const found = await runIn(environment, "doctor");
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/^PROBLEM purchase records +the database is a restored copy: run `7digital-graphql records confirm`/m);

    const confirmed = await runIn(environment, "records", "confirm");
    expect([confirmed.code, confirmed.problems]).toEqual([0, ""]);
    expect(confirmed.out).toMatch(/^Confirmed: /);

    const { out } = await runIn(environment, "doctor");
    expect(out).toMatch(/^ok {6}purchase records +can be written$/m);
    expect(out).toMatch(/^PROBLEM purchase records +.*full_page_writes off/m);
    expect(found.out + confirmed.out + out).not.toMatch(/password-of-the-records|postgres:/);
    await sandbox.close();
  });

  it("are not confirmed where they cannot be reached, and the password is not told", async () => {
    const { code, out, problems } = await runIn({ DATABASE_URL: "postgres://shop:secret-word@127.0.0.1:9/shop" }, "records", "confirm");
    expect([code, out, problems]).toEqual([1, "", "Not confirmed: the database cannot be reached.\n"]);
  });

  it("are all that can be confirmed", async () => {
    const problems = "DATABASE_URL is not set. Only records in PostgreSQL are confirmed.\n";
    expect(await runIn({ DATABASE_URL: "" }, "records", "confirm")).toEqual({ code: 1, out: "", problems });
  });
});

it("a command that does not exist is named, with what to do", async () => {
  expect(await run("serve")).toMatchObject({ code: 1, out: "", problems: "Not a command: serve. --help lists all.\n" });
});

it("--help lists the commands and the settings", async () => {
  const { code, out } = await run("--help");
  expect(code).toBe(0);
  for (const word of ["sandbox", "schema", "explain FILE", "records confirm", "SEVENDIGITAL_CONSUMER_KEY"]) expect(out).toContain(word);
});
