/** 7digital's lists include what the fields of the graph say they include: asking for all of it costs the list's own call and no other, in
 *  the sandbox's lists, page after page, and in every list that was recorded and not edited. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getNamedType, isCompositeType, isObjectType, type GraphQLObjectType } from "graphql";
import { costOf } from "../../../src/graph/field-cost.js";
import { noFields, type IncludedFields } from "../../../src/graph/included-fields.js";
import { schema } from "../../../src/app/schema.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { errorXml, fakeUpstream, respond, silence, type FakeUpstream } from "../../support/fake-upstream.js";
import { hasRecordings, readRecordings } from "../../support/given-material.js";

/** A place where a list is asked for: the way to it, the type and the field that give it, and what calls come before. */
interface Place {
  readonly method: string;
  readonly field: readonly [type: string, field: string];
  readonly query: (list: string) => string;
}

const places: readonly Place[] = [
  { method: "artist/browse", field: ["Query", "artists"], query: (list) => list.replace("(", '(startingWith: "s", ') },
  { method: "artist/chart", field: ["Query", "artistChart"], query: (list) => list },
  { method: "artist/releases", field: ["Artist", "releases"], query: (list) => `artist(id: 1765) { ${list} }` },
  { method: "artist/search", field: ["Search", "artists"], query: (list) => `search(query: "the") { ${list} }` },
  { method: "artist/similar", field: ["Artist", "similarArtists"], query: (list) => `artist(id: 1) { ${list} }` },
  { method: "artist/toptracks", field: ["Artist", "topTracks"], query: (list) => `artist(id: 1765) { ${list} }` },
  { method: "artist/tags", field: ["Artist", "tags"], query: (list) => `artist(id: 1) { ${list} }` },
  { method: "artist/bytag/top", field: ["Tagged", "artists"], query: (list) => `tagged(tags: ["rock"]) { ${list} }` },
  {
    method: "release/bydate",
    field: ["Query", "newReleases"],
    query: (list) => list.replace("(", '(from: "2010-01-01", to: "2012-12-31", '),
  },
  { method: "release/chart", field: ["Query", "releaseChart"], query: (list) => list },
  { method: "release/recommend", field: ["Release", "recommendedReleases"], query: (list) => `release(id: 155408) { ${list} }` },
  { method: "release/recommend", field: ["Artist", "recommendedReleases"], query: (list) => `artist(id: 1) { ${list} }` },
  { method: "release/search", field: ["Search", "releases"], query: (list) => `search(query: "the") { ${list} }` },
  { method: "release/tags", field: ["Release", "tags"], query: (list) => `release(id: 155408) { ${list} }` },
  { method: "release/tracks", field: ["Release", "tracks"], query: (list) => `release(id: 2108) { ${list} }` },
  { method: "release/bytag/top", field: ["Tagged", "topReleases"], query: (list) => `tagged(tags: ["rock"]) { ${list} }` },
  { method: "release/bytag/new", field: ["Tagged", "newReleases"], query: (list) => `tagged(tags: ["rock"]) { ${list} }` },
  { method: "tag/related", field: ["Tagged", "relatedTags"], query: (list) => `tagged(tags: ["rock"]) { ${list} }` },
  { method: "tag", field: ["Query", "tags"], query: (list) => list },
  { method: "translations", field: ["Query", "translations"], query: (list) => list },
  { method: "track/chart", field: ["Query", "trackChart"], query: (list) => list },
  { method: "track/search", field: ["Search", "tracks"], query: (list) => `search(query: "love") { ${list} }` },
];

function typeNamed(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
  return type;
}

/** All that is included, as a selection.
 *  @param parent What is included of the parent that the items share, where they have one. */
function selectionOf(type: GraphQLObjectType, included: IncludedFields, parent?: IncludedFields): string {
  return Object.values(type.getFields())
    .flatMap((field) => {
      const { includedIn = [], gives = noFields, batchParent } = costOf(field);
      if (!includedIn.some((set) => included.covers(set))) return [];
      const child = getNamedType(field.type);
      if (!isCompositeType(child)) return [field.name];
      const inner = isObjectType(child) ? selectionOf(child, batchParent && parent ? parent : gives) : "";
      return [`${field.name} { ${inner === "" ? "__typename" : inner} }`];
    })
    .join(" ");
}

function listOf({ field: [type, name], query }: Place, paging: string): string {
  const field = typeNamed(type).getFields()[name];
  const { gives, batch } = field === undefined ? {} : costOf(field);
  if (field === undefined || gives === undefined) throw new Error(`${type}.${name} does not say what it includes.`);
  const { nodes } = typeNamed(getNamedType(field.type).name).getFields();
  const item = nodes && getNamedType(nodes.type);
  if (!isObjectType(item)) throw new Error(`${type}.${name} gives no connection.`);
  return `{ ${query(`${name}(${paging}) { nodes { ${selectionOf(item, gives, batch?.parent)} } }`)} }`;
}

describe.each(["", "download", "subscriptionstreaming", "download,adsupportedstreaming"])(
  "what lists tell, for usage types %j,",
  (usage) => {
    let facade: Facade;
    beforeAll(async () => {
      facade = await startFacade({ environment: { CACHE_MAX_BYTES: "0", LIMIT_DEPTH: "30", SEVENDIGITAL_USAGE_TYPES: usage } });
    });
    afterAll(() => facade.close());

    it.each(places)("$method tells in the sandbox", async (place) => {
      for (const offset of [0, 100, 300]) {
        const { errors } = await facade.query(listOf(place, `first: 100, offset: ${String(offset)}`));
        expect(errors).toBeUndefined();
        expect(facade.calls()).toEqual([place.method]);
      }
    });
  },
);

describe("what lists are said to tell", () => {
  it("is said of every list of the graph", () => {
    const lists = Object.values(schema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ of: `${type.name}.${field.name}`, cost: costOf(field), field })))
      .filter(({ field }) => field.args.some(({ name }) => name === "first") && getNamedType(field.type).name.endsWith("Connection"));
    const tried = places.map(({ field: [type, name] }) => `${type}.${name}`);
    // Parts of other answers, which cost no call.
    const parts = ["EditorialList.items", "LockerRelease.tracks", "MerchandisingList.items"];
    expect(lists.filter(({ cost }) => cost.upstream === undefined).map(({ of }) => of)).toEqual(parts);
    expect(lists.filter(({ cost }) => cost.upstream?.list !== undefined && cost.gives === undefined).map(({ of }) => of)).toEqual([]);
    expect(lists.map(({ of }) => of).filter((of) => !tried.includes(of) && !parts.includes(of))).toEqual(["Viewer.locker"]);
  });
});

const recorded = readRecordings().filter(
  ({ real, method, body }) => real && body.includes('status="ok"') && places.some((place) => place.method === method),
);

describe.skipIf(!hasRecordings)("what recorded lists tell (skipped where no recordings are given)", () => {
  let upstream: FakeUpstream;
  let closeUpstream: () => Promise<void>;
  let facade: Facade;

  beforeAll(async () => {
    upstream = await fakeUpstream(silence, { later: (close) => (closeUpstream = close) });
    const environment = { SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2`, CACHE_MAX_BYTES: "0", LIMIT_DEPTH: "30" };
    facade = await startFacade({ environment });
  });
  afterAll(async () => {
    await facade.close();
    await closeUpstream();
  });

  it.each(recorded)("$file", async ({ method, body }) => {
    upstream.behaviour = (response, { path }) => respond(path === `/1.2/${method}` ? body : errorXml("2001"))(response);
    upstream.asked.length = 0;
    const place = places.find((one) => one.method === method);
    if (place === undefined) throw new Error(method);
    const asked = listOf(place, "first: 50");
    // Tracks are on the release whose list was recorded.
    const releaseId = /<release id="(\d+)"/.exec(body)?.[1] ?? "";
    await facade.query(method === "release/tracks" ? asked.replace("2108", releaseId) : asked);
    expect(upstream.asked.map(({ path }) => path)).toEqual([`/1.2/${method}`]);
  });
});
