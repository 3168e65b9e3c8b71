/** Operations that every surface is asked: examples, hard ones and random ones. They are the same in every run. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildASTSchema,
  buildSchema,
  getDirectiveValues,
  Kind,
  OperationTypeNode,
  parse,
  print,
  validate,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from "graphql";
import { readOperations } from "../../src/http/graphiql/example-operations.js";
import { hardOperations } from "../oracle/hard-operations.js";
import { randomOperation } from "../oracle/random-operations.js";

/** What not every surface has: fields of Relay, the directive, credentials of a user, and forms of documents that gateways answer wrongly. */
export type Need = "node" | "@inContext" | "user" | "any form";

export interface SurfaceOperation {
  /** Of the operation in the document. Each has another one. */
  readonly name: string;
  /** With a comment above the operation: without it, agents would not get it. */
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the client's request. They choose the store, unless the document does. */
  readonly headers: Readonly<Record<string, string>>;
  readonly needs: readonly Need[];
}

interface Draft {
  readonly document: DocumentNode;
  readonly variables?: SurfaceOperation["variables"];
  readonly headers?: SurfaceOperation["headers"];
  readonly needs?: readonly Need[];
}

const root = join(import.meta.dirname, "../..");
const sdl = readFileSync(join(root, "schema/schema.graphql"), "utf8");
const publicSchema = buildSchema(sdl);
const withoutNode = buildASTSchema(
  visit(parse(sdl), {
    ObjectTypeDefinition: ({ name }) => (name.value === "Query" ? undefined : false),
    FieldDefinition: ({ name }) => (["node", "nodes"].includes(name.value) ? null : false),
  }),
);

/** Clocks, counters and what chance does not find: baskets, users and MusicBrainz IDs. */
const leftOut = ["upstreamTime", "upstreamQuota", "basket", "viewer", "artistMatches", "releaseMatches", "trackMatches"];
const stores: readonly SurfaceOperation["headers"][] = [{}, { "x-7d-country": "DE" }, { "x-7d-country": "US" }, { "x-7d-shop-id": "34" }];

/** Some of it is absent or wrong. */
const partial = [
  `{ known: artist(id: "1") { name } unknown: artist(id: "999999999") { name } wrong: artist(id: "no id") { name } }`,
  `{ releasesById(ids: ["155408", "999999999", "1302", "155408"]) { releaseId title label { name } } }`,
  `{ tracksById(ids: ["track:1628015:155408", "track:999999999:155408", "track:12345:1302"]) { trackId title release { title } } }`,
  `{ artistsById(ids: ["1", "no id", "14"]) { name topTracks(first: 2) { nodes { title } } } }`,
  `{ release(id: "155408") { title image(width: 0) { url } price { current { amount } } } }`,
  `{ releaseChart(first: 2, after: "no cursor") { nodes { title } } artistChart(first: 2) { nodes { name } } }`,
  `{ tag(id: "no-such-tag") { text } tags(first: 2, offset: 3) { nodes { text count } totalCount } }`,
  `{ editorialList(key: "no_such_list") { key } known: editorialList(key: "featured_albums") { items(first: 3) { nodes { entryId } } } }`,
  `{ artistByUrl(url: "https://www.7digital.com/help") { name } releaseByUrl(url: "https://www.7digital.com/artist/no-such-artist") { id } }`,
  `{ viewer { locker(first: 1) { totalCount } } basket(id: "basket:DE:00000000-0000-0000-0000-000000000000") { itemCount } }`,
  `{ tracksById(ids: ["track:20106:464869", "track:1628015:155408"]) { title clip { url } price { soldAs quote current { display } } } }`,
  `{ release(id: "464869") { title } track(id: "track:20106:464869") { title price(country: "JP") { soldAs } } artist(id: "") { name } }`,
  `{ artist(id: "1") { releases(first: 2, types: [ALBUM, SINGLE]) { nodes { title } } similarArtists(first: 2) { nodes { name } } } }`,
  `{ release(id: "no id") { title } tracksById(ids: ["track:x", "track:1628015:155408"]) { title } tag(id: "rock") { text } }`,
  `{ releaseChart(first: 3) { nodes { title image(width: 0) { url } } } }`,
  `{ newReleases(first: 2, from: "2012-12-12", to: "2010-01-01") { nodes { title } } tag(id: "pop") { text } }`,
  `{ artist(id: "14") { name image(width: -1) { url } topTracks(first: 2) { nodes { title image(width: 0) { url } } } } }`,
  `{ search(query: " ") { artists(first: 1) { nodes { name } } } stores { country currencyCode } storeContext { country currencyCode } }`,
];

const examples = readOperations(join(root, "schema/operations"))
  .map(({ query }) => ({ document: parse(query) }))
  .filter(({ document }) => operationOf(document).operation === OperationTypeNode.QUERY);
const written: readonly Draft[] = [
  ...examples,
  ...partial.map((source) => ({ document: parse(source) })),
  ...hardOperations.map(([, operation]) => operation),
];

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("There is no operation.");
  return operation;
}

function inContext(document: DocumentNode): Readonly<Record<string, unknown>> | undefined {
  const directive = publicSchema.getDirective("inContext");
  return directive ? getDirectiveValues(directive, operationOf(document)) : undefined;
}

function needsOf(document: DocumentNode): readonly Need[] {
  const [problem] = validate(publicSchema, document);
  if (problem) throw problem;
  return [
    ...(inContext(document) ? ["@inContext" as const] : []),
    ...(validate(withoutNode, document).length > 0 ? ["node" as const] : []),
  ];
}

/** The same operation, in the store of a header instead of the directive. */
function byHeader({ document, ...draft }: Draft): Draft {
  const { country, shopId } = inContext(document) ?? {};
  const headers = typeof shopId === "string" ? { "x-7d-shop-id": shopId } : { "x-7d-country": String(country) };
  return { ...draft, document: visit(document, { Directive: ({ name }) => (name.value === "inContext" ? null : undefined) }), headers };
}

function byDirective({ document, ...draft }: Draft, store: string): Draft {
  const { directives = [] } = operationOf(parse(`query @inContext(${store}) { __typename }`));
  return {
    ...draft,
    document: visit(document, { OperationDefinition: (operation) => ({ ...operation, directives }) }),
    needs: ["@inContext"],
  };
}

function plain(seed: number): Draft {
  return randomOperation(withoutNode, seed, { leftOut, inContext: false, plain: true });
}

/** So many operations that every surface has. */
export function commonOperations(count: number): readonly SurfaceOperation[] {
  const drafts = written.map((draft) => (inContext(draft.document) ? byHeader(draft) : draft));
  const common = drafts.filter(({ document }) => needsOf(document).length === 0);
  const random = Array.from({ length: count - common.length }, (_, seed) => plain(seed));
  return [...common, ...random].map((draft, index) =>
    named({ headers: stores[index % stores.length] ?? {}, ...draft }, `Common${String(index)}`),
  );
}

/** Operations that only some surfaces have: those of the examples, a user's locker, and so many random ones with `@inContext` and of any form. */
export function furtherOperations(count: number): readonly SurfaceOperation[] {
  const directives = ['country: "DE"', 'country: "US"', 'shopId: "34"'];
  const seeds = Array.from({ length: count }, (_, index) => 1000 + index);
  const drafts: readonly Draft[] = [
    ...written.map((draft) => ({ ...draft, needs: needsOf(draft.document) })).filter(({ needs }) => needs.length > 0),
    ...seeds.map((seed) => byDirective(plain(seed), directives[seed % directives.length] ?? "")),
    ...seeds.map((seed) => ({ ...randomOperation(publicSchema, seed, { leftOut }), needs: ["any form" as const] })),
  ];
  return drafts.map((draft, index) => named(draft, `Further${String(index)}`));
}

/** What a user owns, with signed links. @param headers The user's credentials. */
export function lockerOperation(headers: SurfaceOperation["headers"]): SurfaceOperation {
  const document = parse("{ viewer { id locker(first: 2) { totalCount nodes { release { title } zip { url } } } } }");
  return named({ document, headers, needs: ["user"] }, "OfUser");
}

function named({ document, variables = {}, headers = {}, needs = [] }: Draft, name: string): SurfaceOperation {
  const renamed = visit(document, {
    OperationDefinition: (operation) => ({ ...operation, name: { kind: Kind.NAME, value: name } as const }),
  });
  return { name, document: `# ${name}\n${print(renamed)}`, variables, headers, needs };
}
