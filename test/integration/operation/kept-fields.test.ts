/** Every field that anyone may read, on its own: what changes from one moment to the next is never kept, and all else is kept as it is. Which fields
 *  change is seen on a server that keeps no responses. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
} from "graphql";
import { expect, it, onTestFinished, vi } from "vitest";
import { publicView } from "../../../src/app/schema.js";
import { startSandbox } from "../../../src/sandbox/sandbox.js";
import { onSandbox } from "../../support/facade.js";
import { openInProcess } from "../../support/in-process.js";
import { countRecalls } from "../../support/recalls.js";

/** By "field.argument". */
const given: Readonly<Record<string, unknown>> = {
  "artist.id": "1",
  "release.id": "155408",
  "track.id": "track:1628015:155408",
  "tag.id": "rock",
  "node.id": "release:155408",
  "nodes.ids": ["release:155408", "artist:1", "track:1628015:155408"],
  "artistsById.ids": ["1"],
  "releasesById.ids": ["155408"],
  "tracksById.ids": ["track:1628015:155408"],
  "tagged.tags": ["rock"],
  "artistByUrl.url": "https://www.7digital.com/artist/keane",
  "releaseByUrl.url": "https://www.7digital.com/artist/keane/release/perfect-symmetry-6",
  "editorialList.key": "featured_albums",
  "merchandisingList.key": "home1",
  "search.query": "keane",
};

interface Asked {
  /** Such as "Price.quote". */
  readonly field: string;
  readonly query: string;
}

function argumentsOf(field: GraphQLField<unknown, unknown>): string | undefined {
  const isNeeded = ({ type, defaultValue }: GraphQLArgument): boolean => isNonNullType(type) && defaultValue === undefined;
  const written = field.args.flatMap((argument) => {
    const value = given[`${field.name}.${argument.name}`] ?? (argument.name === "first" ? 1 : undefined);
    if (value === undefined) return isNeeded(argument) ? [undefined] : [];
    return [`${argument.name}: ${JSON.stringify(value)}`];
  });
  if (written.includes(undefined)) return undefined;
  return written.length === 0 ? "" : `(${written.join(", ")})`;
}

/** A query for each field that can be reached, the shortest one. */
function queries(): readonly Asked[] {
  const found = new Map<string, Asked>();
  const root = publicView.getQueryType();
  if (!root) throw new Error("The schema has no queries.");
  const places: { type: GraphQLCompositeType; wrap: (selection: string) => string }[] = [
    { type: root, wrap: (selection) => `{ ${selection} }` },
  ];
  for (const { type, wrap } of places) {
    if (isAbstractType(type))
      for (const possible of publicView.getPossibleTypes(type))
        places.push({ type: possible, wrap: (selection) => wrap(`... on ${possible.name} { ${selection} }`) });
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const written = argumentsOf(field);
      if (written === undefined || found.has(name)) continue;
      const below = getNamedType(field.type);
      const isLeaf = !isCompositeType(below);
      found.set(name, { field: name, query: wrap(`${field.name}${written}${isLeaf ? "" : " { __typename }"}`) });
      if (!isLeaf) places.push({ type: below, wrap: (selection) => wrap(`${field.name}${written} { ${selection} }`) });
    }
  }
  return [...found.values()];
}

it("what changes is never kept, and what does not is", { timeout: 120_000 }, async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 29) });
  onTestFinished(() => void vi.useRealTimers());
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const open = async (bytes: number) => {
    const environment = {
      ...onSandbox(sandbox),
      RESPONSE_CACHE_MAX_BYTES: String(bytes),
      SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
    };
    const server = await openInProcess({ environment, dataDirectory: mkdtempSync(join(tmpdir(), "fields-")) });
    onTestFinished(() => server.services.close());
    return async (query: string): Promise<string> => {
      const headers = { "content-type": "application/json" };
      return (await server.ask({ method: "POST", headers, body: JSON.stringify({ query }) })).body;
    };
  };
  const [keeping, plain] = await Promise.all([open(10_000_000), open(0)]);
  const recalls = countRecalls();
  const changing: string[] = [];
  const kept: string[] = [];
  const wrong: string[] = [];
  let other = 1000;
  for (const { field, query } of queries()) {
    await keeping(query);
    await keeping(query);
    const first = await plain(query);
    // One second, and one call.
    vi.setSystemTime(Date.now() + 1000);
    for (const ask of [keeping, plain]) await ask(`{ artist(id: "${String((other += 1))}") { name } }`);
    const before = recalls();
    const again = await keeping(query);
    const isRecalled = recalls() > before;
    const second = await plain(query);
    if (first !== second) changing.push(field);
    if (isRecalled) kept.push(field);
    if (first !== second ? isRecalled : again !== second) wrong.push(field);
  }
  expect(wrong).toEqual([]);
  expect(changing).toEqual(
    expect.arrayContaining([
      ...["Query.upstreamTime", "UpstreamQuota.observedAt", "UpstreamQuota.used", "UpstreamQuota.remaining"],
      ...["Price.quote", "SignedUrl.url", "SignedUrl.expiresAt"],
    ]),
  );
  expect(kept.length).toBeGreaterThan(250);
});
