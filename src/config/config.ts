/** The configuration: read once from the environment, which nothing else reads, checked and frozen. Every mistake is reported at once. */
import { ConfigError } from "./config-error.js";
import { copyMistakes } from "./copies.js";
import { readEnvFile } from "./env-file.js";
import type { limitSettings } from "./limit-settings.js";
import { proxyFor, proxyNames, type ProxyAddress } from "./proxy-settings.js";
import { listSettings, readSettings, type Environment, type ValuesOf } from "./setting.js";
import { checkNames, describeUnknown, type UnknownNames } from "./setting-names.js";
import { settings } from "./settings.js";
import { upstreamSettings } from "./upstream-settings.js";

type Values = ValuesOf<typeof settings>;
type Complete<T> = { readonly [M in keyof T]: NonNullable<T[M]> };

/** Where 7digital is, and our key for it. No URL ends in a slash. */
export interface UpstreamConfig extends Complete<ValuesOf<typeof upstreamSettings>> {
  /** PEM of the certificate authority to trust instead of those that Node knows. */
  readonly ca?: string;
  /** On the way to `baseUrl`; undefined where calls are direct. */
  readonly proxy?: ProxyAddress | undefined;
  /** On the way to `secureBaseUrl`. */
  readonly secureProxy?: ProxyAddress | undefined;
}

export type Limits = Complete<ValuesOf<typeof limitSettings>>;

/** The limits of the operator's own gateway, in the place of those of a browser: it merges the operations of many clients. */
export function gatewayLimits(limits: Limits): Limits {
  const { gatewayDocumentBytes, gatewayTokens, gatewayJsonValues, gatewayAliases, gatewayUpstreamCalls } = limits;
  return {
    ...limits,
    documentBytes: gatewayDocumentBytes,
    tokens: gatewayTokens,
    jsonValues: gatewayJsonValues,
    aliases: gatewayAliases,
    rootFields: gatewayAliases,
    directives: Math.max(limits.directives, gatewayAliases),
    upstreamCalls: gatewayUpstreamCalls,
  };
}

/** `open` is for exploring: GraphiQL, introspection and GET for everybody. `locked` is for production. */
export type Profile = NonNullable<Values["profile"]>;

/** The values of all settings (settings.ts), and what follows from them. */
export interface Config extends Omit<Values, "upstream" | "country" | "shopId" | "profile" | "mcp" | "limits"> {
  /** Undefined when the embedded sandbox is to answer. */
  readonly upstream: UpstreamConfig | undefined;
  readonly defaultStore: { readonly country: string } | { readonly shopId: string };
  readonly profile: Profile;
  /** Whether agents get tools. */
  readonly mcp: boolean;
  readonly limits: Limits;
  /** A warning for each name in the environment that looks like a setting but is none. */
  readonly unknownNames: readonly string[];
}

/** The configuration of this process. @throws ConfigError naming every mistake */
export function readProcessConfig(): Config {
  return readConfig(process.env, envFileOfProcess());
}

function envFileOfProcess(): Environment {
  const { values, mistakes } = readEnvFile(".env");
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return values;
}

/** The settings of this process, without what else its environment holds, for `readGiven`. @throws ConfigError naming every wrong name */
export function processSettings(): Readonly<Record<string, string>> {
  const envFile = envFileOfProcess();
  const known = [...knownNames(), ...proxyNames];
  const { mistakes } = checkNames(process.env, envFile, known);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const environment: Environment = { ...envFile, ...process.env };
  return Object.fromEntries(known.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])));
}

/** @param own The environment of the process. A name that is set there, even to nothing, overrides the file.
 *  @param envFile Content of the .env file.
 *  @throws ConfigError naming every mistake */
export function readConfig(own: Environment, envFile: Environment = {}): Config {
  return configOf(own, envFile, checkNames(own, envFile, knownNames()));
}

/** The configuration by settings that a program gives. It reads neither the environment nor a file .env, and takes no unknown name, since no
 *  other program shares the settings. @throws ConfigError naming every mistake */
export function readGiven(given: Readonly<Record<string, unknown>>): Config {
  const known = [...knownNames(), ...proxyNames];
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  const mistakes = set.flatMap(([name, value]) => {
    if (!known.includes(name)) return [describeUnknown(name, known)];
    return ["string", "number", "boolean"].includes(typeof value) ? [] : [`${name} must be a string, a number or a boolean.`];
  });
  const config = configOf(Object.fromEntries(set.map(([name, value]) => [name, String(value)])), {}, { mistakes, warnings: [] });
  if (config.processes > 1) throw new ConfigError([`${settings.processes.name} must be 1 here: only the command starts several.`]);
  return config;
}

function knownNames(): readonly string[] {
  return listSettings(settings).flatMap(({ names }) => names);
}

function configOf(own: Environment, envFile: Environment, unknown: UnknownNames): Config {
  const environment = { ...envFile, ...own };
  const mistakes = [...unknown.mistakes];
  const { country, shopId, ...values } = readSettings(settings, environment, mistakes);
  mistakes.push(...missingCompanions(environment, values));
  const upstream = upstreamOf(values.upstream, [own, envFile], mistakes);
  const profile = values.profile ?? (upstream === undefined ? "open" : "locked");
  mistakes.push(...copyMistakes({ ...values, profile, upstream }));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const { operationsPerMinute = profile === "open" ? 0 : 60 } = values.limits;
  return Object.freeze({
    ...values,
    upstream,
    defaultStore: shopId === undefined ? { country } : { shopId },
    profile,
    mcp: values.mcp ?? profile === "open",
    limits: { ...values.limits, operationsPerMinute },
    unknownNames: unknown.warnings,
  });
}

function missingCompanions(environment: Environment, values: Pick<Values, "upstream" | "persistedOnly" | "persistedOperations">) {
  const { consumerKey, ...needKey } = upstreamSettings;
  const withoutKey = values.upstream.consumerKey === undefined ? listSettings(needKey).filter((one) => one.isSet(environment)) : [];
  const mistakes = withoutKey.map(({ name }) => `${name} goes with ${consumerKey.name}, which is not set.`);
  if (values.persistedOnly && values.persistedOperations === undefined) {
    mistakes.push(`${settings.persistedOnly.name} goes with ${settings.persistedOperations.name}, which is not set.`);
  }
  return mistakes;
}

/** Undefined without a key. @param mistakes Takes what is wrong with a proxy. */
function upstreamOf(values: Values["upstream"], environments: readonly Environment[], mistakes: string[]): UpstreamConfig | undefined {
  const { consumerKey, consumerSecret = "" } = values;
  if (consumerKey === undefined) return undefined;
  // Values with mistakes are undefined.
  const { baseUrl, secureBaseUrl = baseUrl?.replace(/^http:/i, "https:") }: Partial<Values["upstream"]> = values;
  const proxyOf = (url: string | undefined) => (url === undefined ? undefined : proxyFor(url, environments, mistakes));
  const [proxy, secureProxy] = [proxyOf(baseUrl), proxyOf(secureBaseUrl)];
  const proxies = { ...(proxy && { proxy }), ...(secureProxy && { secureProxy }) };
  return { ...values, consumerKey, consumerSecret, secureBaseUrl: secureBaseUrl ?? values.baseUrl, ...proxies };
}

/** All settings with their defaults, for `--help`. */
export function describeSettings(): string {
  const rows = listSettings(settings).map(({ name, description, options: { fallback, secret } }) => {
    const notes = [fallback === undefined ? "" : `default ${fallback}`, secret ? `or ${name}_FILE` : ""].filter((note) => note !== "");
    return `  ${name.padEnd(30)} ${description}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
  });
  return rows.join("\n");
}
