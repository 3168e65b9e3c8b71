/** The right responses, made of the sandbox's XML without any code of ours, and decks that expect them. */
import { XMLParser } from "fast-xml-parser";
import { Pool } from "undici";
import type { ChartSpec, DeckSpec, ListedShot, SubsetSpec } from "./deck.js";
import { get, post } from "./http-text.js";
import { ask, chartDay, q1, q1Hash, q2, q2Random, q3, releaseFields } from "./queries.js";

/** Follows the data of our responses: the store that answers when none is named. */
const tail = `,"extensions":${JSON.stringify({ store: { defaultCountry: "GB", country: "GB", currencyCode: "GBP" } })}`;

const chartLength = 50;
const atOnce = 16;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What follows the data of other servers. */
export const ends = { ours: `${tail}}`, yoga: "}", apollo: "}\n" };

export function responseOf(data: object, end: string): string {
  return `{"data":${JSON.stringify(data)}${end}`;
}

export function q1Shot({ id, name }: Named, end = ends.ours): ListedShot {
  return { request: post(q1, { id }), answer: responseOf({ artist: { name } }, end) };
}

export function persistedShot({ id, name }: Named): ListedShot {
  const parameters = new URLSearchParams({ documentId: `sha256:${q1Hash}`, variables: JSON.stringify({ id }) });
  return { request: get(`/graphql?${parameters.toString()}`), answer: responseOf({ artist: { name } }, ends.ours) };
}

export function listed(...shots: readonly ListedShot[]): DeckSpec {
  return { kind: "listed", shots };
}

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  trimValues: false,
});

type Element = Readonly<Record<string, unknown>>;

/** Reads the sandbox by hand. */
export class Reference {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(baseUrl: string) {
    const { origin, pathname } = new URL(baseUrl);
    this.pool = new Pool(origin, { connections: atOnce });
    this.path = pathname;
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Artists that exist, from an id upwards. */
  async artists(from: number, count: number): Promise<readonly Named[]> {
    const found: Named[] = [];
    for (let id = from; found.length < count; id += atOnce * 8) {
      const ids = Array.from({ length: atOnce * 8 }, (_, index) => String(id + index));
      const read = await Promise.all(ids.map((artistId) => this.find("artist/details", { artistId })));
      for (const [index, response] of read.entries()) {
        if (response !== undefined) found.push({ id: ids[index] ?? "", name: textOf(elementOf(response, "artist"), "name") });
      }
    }
    return found.slice(0, count);
  }

  /** The nodes of Q2's chart. */
  async chart(): Promise<readonly object[]> {
    const chart = elementOf(
      await this.read("release/chart", { toDate: chartDay.replaceAll("-", ""), pageSize: String(chartLength) }),
      "chart",
    );
    const releases = elementsOf(chart, "chartItem").map((item) => elementOf(item, "release"));
    return Promise.all(releases.map((release) => this.node(release)));
  }

  /** Undefined for a release that the store does not have. */
  async releaseTitle(releaseId: string): Promise<string | undefined> {
    const response = await this.find("release/details", { releaseId });
    return response && titleOf(elementOf(response, "release"));
  }

  private async node(release: Element): Promise<object> {
    const page = await this.read("release/tracks", { releaseId: textOf(release, "@_id"), pageSize: "20" });
    const tracks = elementsOf(elementOf(page, "tracks"), "track");
    return {
      title: titleOf(release),
      artist: { name: textOf(elementOf(release, "artist"), "name") },
      price: { current: currentPrice(release) },
      tracks: { nodes: tracks.map((track) => ({ title: titleOf(track), durationSeconds: Number(textOf(track, "duration")) })) },
    };
  }

  private async read(method: string, params: Readonly<Record<string, string>>): Promise<Element> {
    const response = await this.find(method, params);
    if (response === undefined) throw new Error(`The sandbox has no ${method} of ${JSON.stringify(params)}.`);
    return response;
  }

  /** Undefined for what does not exist. */
  private async find(method: string, params: Readonly<Record<string, string>>): Promise<Element | undefined> {
    const query = new URLSearchParams({ ...params, country: "GB", oauth_consumer_key: "sandbox" }).toString();
    const { body } = await this.pool.request({ method: "GET", path: `${this.path}/${method}?${query}` });
    const response = elementOf(parser.parse(await body.text()) as Element, "response");
    return response["@_status"] === "ok" ? response : undefined;
  }
}

function elementOf(parent: Element, name: string): Element {
  const child = parent[name];
  if (typeof child !== "object" || child === null) throw new Error(`An element of the sandbox has no <${name}>.`);
  return child as Element;
}

function elementsOf(parent: Element, name: string): readonly Element[] {
  return [parent[name] ?? []].flat() as Element[];
}

function textOf(parent: Element, name: string): string {
  const value = parent[name];
  if (typeof value !== "string") throw new Error(`An element of the sandbox has no text in ${name}.`);
  return value;
}

/** Older responses have one price, newer ones a price for each package, of which "standard" is the one. */
function currentPrice(release: Element): object | null {
  if (release["price"] !== undefined) {
    const price = elementOf(release, "price");
    if (typeof price["value"] !== "string") return null;
    const currencyCode = textOf(elementOf(price, "currency"), "@_code");
    return { amount: price["value"], currencyCode, display: textOf(price, "formattedPrice") };
  }
  const packages = elementsOf(elementOf(elementOf(release, "download"), "packages"), "package");
  const standard = packages.find((one) => one["@_id"] === "2");
  const amount = standard && elementOf(standard, "price")["sevendigitalPrice"];
  return typeof amount === "string" ? { amount, currencyCode: "GBP", display: `£${amount}` } : null;
}

function titleOf(item: Element): string {
  return textOf(item, "title");
}

export interface Material {
  readonly artists: readonly Named[];
  /** Of Q2, `chartLength` of them. */
  readonly chart: readonly object[];
  readonly release: { readonly id: string; readonly title: string };
}

const q3Release = "155408";

export async function materialOf(reference: Reference, ids: number): Promise<Material> {
  const title = await reference.releaseTitle(q3Release);
  if (title === undefined) throw new Error(`The sandbox has no release ${q3Release}.`);
  return {
    artists: await reference.artists(1, ids),
    chart: await reference.chart(),
    release: { id: q3Release, title },
  };
}

export function q2Deck({ chart }: Material, end = ends.ours): DeckSpec {
  return listed({ request: post(q2), answer: responseOf({ releaseChart: { nodes: chart } }, end) });
}

const shortest = 40;

/** Of 40 to 50 releases, each beside one of the artists. */
export function q2RandomDeck({ chart, artists }: Material): ChartSpec {
  const lengths = Array.from({ length: chartLength - shortest + 1 }, (_, index) => shortest + index);
  return {
    kind: "charts",
    query: q2Random,
    charts: lengths.map((first) => ({ first, json: JSON.stringify({ nodes: chart.slice(0, first) }) })),
    objects: artists.map(({ id, name }) => ({ id, json: JSON.stringify({ name }) })),
    tail,
  };
}

export function q3Deck({ release: { id, title } }: Material, end = ends.ours): DeckSpec {
  const data = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`r${index}`, { title }]));
  return listed({ request: post(q3, { id }), answer: responseOf(data, end) });
}

const subsetReleases = 1000;

/** What every release has in all its fields is taken from a server without a cache, and its title compared with the sandbox's. */
export async function subsetDeck(reference: Reference, uncachedUrl: string): Promise<SubsetSpec> {
  const query = `query($id: ID!) { release(id: $id) { ${releaseFields.map(([, selection]) => selection).join(" ")} } }`;
  const ids = Array.from({ length: subsetReleases }, (_, index) => String(5000 + index));
  const objects: { id: string; values: string[] }[] = [];
  for (let from = 0; from < ids.length; from += atOnce) {
    const read = async (id: string) => {
      const title = await reference.releaseTitle(id);
      if (title === undefined) return;
      const release = (await ask(uncachedUrl, query, { id })).data["release"] as Element;
      if (release["title"] !== title) throw new Error(`Release ${id} has another title in the sandbox.`);
      objects.push({ id, values: releaseFields.map(([name]) => JSON.stringify(release[name])) });
    };
    await Promise.all(ids.slice(from, from + atOnce).map(read));
  }
  return { kind: "subsets", root: "release", fields: releaseFields, objects, tail };
}
