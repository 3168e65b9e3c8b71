/** Stands in for 7digital while its items change, become unavailable and may be kept for different times. Everything it says names the store,
 *  the version of the item and until when it may be served, and it knows what it last said to whom. */
import { fakeUpstream, errorXml, lockerXml, okXml, xmlType, type Asked } from "../support/fake-upstream.js";
import { Chance } from "./chance.js";

/** Headers of an answer, and for how many milliseconds it may be served. @see RFC 9111, 4.2 */
type Policy = readonly [headers: Readonly<Record<string, string>>, freshMs: number];

const policies: readonly Policy[] = [
  [{ "cache-control": "private, max-age=30" }, 30_000],
  [{ "cache-control": "private, max-age=120" }, 120_000],
  [{ "cache-control": "max-age=60, must-revalidate" }, 60_000],
  [{ "cache-control": "max-age=300, must-revalidate" }, 300_000],
  [{ "cache-control": "private, max-age=100", age: "70" }, 30_000],
  [{ "cache-control": "max-age=5" }, 5000],
  [{ "cache-control": "max-age=10", age: "4000" }, 0],
  [{ "cache-control": "no-store" }, 0],
  [{ "cache-control": "private, no-cache" }, 0],
  [{ "cache-control": "max-age=60", vary: "*" }, 0],
  // Without a lifetime it is ours to choose: a minute.
  [{}, 60_000],
];

/** What one answer says of itself, wherever it is found again. */
export interface Stamp {
  readonly store: string;
  readonly item: string;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

export interface Said extends Stamp {
  /** The consumer key of the server that asked. */
  readonly to: string;
  readonly atMs: number;
}

const written = /([A-Z]{2}|shop\d+)~(\w+)~(\d+)~(\d+)/g;

export function stampsIn(text: string): readonly Stamp[] {
  return [...text.matchAll(written)].map(([, store = "", item = "", version, untilMs]) => ({
    store,
    item,
    version: Number(version),
    untilMs: Number(untilMs),
  }));
}

const textOf = ({ store, item, version, untilMs }: Stamp): string => [store, item, version, untilMs].join("~");

/** @param now Epoch milliseconds. */
export async function changingUpstream(now: () => number) {
  const versions = new Map<string, number>();
  const said: Said[] = [];
  const upstream = await fakeUpstream((response, asked) => {
    const { query, path } = asked;
    response.sendDate = false;
    if (path.endsWith("/user/locker")) {
      const track = `<lockerTrack><track id="1628015"><title>of ${tokenOf(asked)}</title></track></lockerTrack>`;
      response.writeHead(200, { ...xmlType, "cache-control": "max-age=300" }).end(lockerXml(track));
      return;
    }
    const shop = query.get("shopid") ?? query.get("shopId");
    const store = shop === null ? (query.get("country") ?? "none") : `shop${shop}`;
    const item = itemOf(asked);
    const key = `${store} ${item}`;
    const version = versions.get(key) ?? 1;
    const chance = new Chance(seedOf(`${key} ${String(version)}`));
    if (chance.in(0.06)) {
      response.writeHead(200, { ...xmlType, "cache-control": "max-age=60" }).end(errorXml("2001", "not found"));
      return;
    }
    if (chance.in(0.01)) {
      response.writeHead(200, xmlType).end("<response status='ok'><artist");
      return;
    }
    const [headers, freshMs] = chance.pick(policies);
    const stamp = { store, item, version, untilMs: now() + freshMs };
    said.push({ ...stamp, to: query.get("oauth_consumer_key") ?? "", atMs: now() });
    response.writeHead(200, { ...xmlType, ...headers }).end(xmlOf(item, textOf(stamp), version));
  });
  return {
    url: upstream.url,
    asked: upstream.asked,
    said,
    /** It answers something else from now on. */
    change: (store: string, item: string): void => void versions.set(`${store} ${item}`, (versions.get(`${store} ${item}`) ?? 1) + 1),
  };
}

/** A name such as "artist1" or "releases1". */
function itemOf({ path, query }: Asked): string {
  const [what = "", how = ""] = path.split("/").slice(-2);
  const id = [...query].find(([name]) => /^(?:artist|release|track)id$/i.test(name))?.[1] ?? "0";
  return `${how === "details" ? what : `${what}${how}`}x${id}`;
}

function xmlOf(item: string, text: string, version: number): string {
  const [what = "", id = "0"] = item.split("x");
  const price = `<price><currency code="GBP">£</currency><value>${String(version)}.99</value><formattedPrice>£${String(version)}.99</formattedPrice></price>`;
  const artist = `<artist id="9"><name>${text}</name></artist>`;
  const release = `<release id="${what === "release" ? id : "77"}"><title>${text}</title>${artist}${price}</release>`;
  if (what === "artist") return okXml(`<artist id="${id}"><name>${text}</name></artist>`);
  if (what === "release") return okXml(release);
  if (what === "track") return okXml(`<track id="${id}"><title>${text}</title>${artist}${release}${price}</track>`);
  return okXml(`<releases><page>1</page><pageSize>10</pageSize><totalItems>1</totalItems>${release}</releases>`);
}

function tokenOf({ query, headers }: Asked): string {
  const inHeader = /oauth_token="?([\w-]+)/.exec(headers.authorization ?? "")?.[1];
  return query.get("oauth_token") ?? inHeader ?? "no one";
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
