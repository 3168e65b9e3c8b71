/** Finds the proxy for a URL in HTTPS_PROXY, HTTP_PROXY and NO_PROXY, as curl does. */
import { BlockList, isIP } from "node:net";
import type { Environment } from "./setting.js";

/** In both cases. */
export const proxyNames: readonly string[] = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"].flatMap((name) => [name.toLowerCase(), name]);

/** An HTTP proxy that supports CONNECT. */
export interface ProxyAddress {
  /** Whether the connection to the proxy uses TLS. */
  readonly tls: boolean;
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** The value of Proxy-Authorization: a secret. */
  readonly authorization: string | undefined;
}

/** @param environments The first one with the variable counts; lower case before upper case.
 *  @param mistakes Takes a sentence for a proxy that cannot be used. It never holds the value. */
export function proxyFor(url: string, environments: readonly Environment[], mistakes: string[]): ProxyAddress | undefined {
  const { protocol, hostname, port } = new URL(url);
  const [name, value] = variable(protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY", environments);
  if (value === "") return undefined;
  const [, without] = variable("NO_PROXY", environments);
  if (isDirect(unbracketed(hostname), port || defaultPort(protocol), without)) return undefined;
  const proxy = parsed(value);
  const mistake = `${name} must be the URL of an HTTP proxy such as http://user:password@proxy.example:3128; SOCKS is not supported.`;
  if (proxy === undefined && !mistakes.includes(mistake)) mistakes.push(mistake);
  return proxy;
}

function variable(name: string, environments: readonly Environment[]): readonly [name: string, value: string] {
  const lower = name.toLowerCase();
  const environment = environments.find((one) => one[lower] !== undefined || one[name] !== undefined);
  const value = environment?.[lower]?.trim();
  return value ? [lower, value] : [name, environment?.[name]?.trim() ?? ""];
}

function defaultPort(protocol: string): string {
  return protocol === "https:" ? "443" : "80";
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

function parsed(value: string): ProxyAddress | undefined {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.pathname}${url.search}${url.hash}` !== "/") return undefined;
  const credentials = credentialsOf(url);
  if (credentials === undefined) return undefined;
  return {
    tls: url.protocol === "https:",
    host: unbracketed(url.hostname),
    port: Number(url.port || defaultPort(url.protocol)),
    authorization: credentials === ":" ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`,
  };
}

/** Undefined for an invalid percent escape. */
function credentialsOf({ username, password }: URL): string | undefined {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}

/** @param list Hosts with their subdomains, addresses and networks (10.0.0.0/8), each with an optional port; or `*`. As curl reads it. */
function isDirect(host: string, port: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const [, name = entry, onlyPort] = isIP(entry) === 0 ? (/^(.+?)(?::(\d+))?$/.exec(entry) ?? []) : [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return isIP(host) === 0 ? isBelow(host, name) : isInNetwork(host, unbracketed(name));
    });
}

function isBelow(host: string, name: string): boolean {
  const [below, above] = [host, name.replace(/^\*?\./, "")].map((one) => one.toLowerCase().replace(/\.$/, ""));
  return above !== "" && `.${below ?? ""}`.endsWith(`.${above ?? ""}`);
}

function isInNetwork(host: string, network: string): boolean {
  const [address = "", prefix] = network.split("/");
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (version === 0 || version !== isIP(host) || !Number.isInteger(length) || prefix === "" || length < 0 || length > bits) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  const networks = new BlockList();
  networks.addSubnet(address, length, family);
  return networks.check(host, family);
}
