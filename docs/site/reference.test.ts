/** What a page of the reference says of a type. */
import { assertObjectType, buildSchema } from "graphql";
import { expect, it } from "vitest";
import type { ExampleRun } from "./examples/example.js";
import { breakable } from "./pages/markdown.js";
import { reference } from "./reference/reference.js";
import { typePage } from "./reference/type-page.js";
import { usesIn } from "./reference/uses.js";

const schema = buildSchema(`
  directive @upstream(method: String!, calls: Int = 1) on FIELD_DEFINITION
  directive @semanticNonNull on FIELD_DEFINITION
  type Query {
    "A song by ID. Cost: up to 1 call to 7digital (song/details)."
    song("Its ID." id: ID!, size: Size = LARGE): Song @upstream(method: "song/details")
    songs(filter: Filter): [Song!]! @deprecated(reason: "Use \`song\`.")
  }
  "Something <to> hear."
  type Song { title: String @semanticNonNull, link: String @upstream(method: "song/link", calls: 0) }
  input Filter { "Part of the title." title: String = "love" }
  enum Size { "The largest." LARGE SMALL @deprecated(reason: "Too small.") }
`);
const run = (document: string): ExampleRun => ({
  ...{ id: "a-song", title: "A song", group: "Tests", file: "here", text: document, document },
  ...{ variables: {}, asUser: false, response: {}, calls: new Map() },
});

/** Without tags. */
function pageOf(name: string, runs: readonly ExampleRun[] = []): string {
  const type = schema.getType(name);
  if (type === undefined) throw new Error(`The schema has no ${name}.`);
  return typePage(type, schema, usesIn(schema, runs))
    .html.replace(/<[^>]+>/g, "")
    .replace(/\s+/g, " ");
}

it("shows arguments with types, defaults and descriptions", () => {
  expect(pageOf("Query")).toContain("song(id: ID!, size: Size = LARGE): Song");
  expect(pageOf("Query")).toContain("id: ID! Its ID.");
  expect(pageOf("Filter")).toContain(`title: String = &#34;love&#34; Part of the title.`);
});

it("shows what a field costs, once, and that a signed URL costs nothing", () => {
  const page = pageOf("Query");
  expect(page).toContain("A song by ID. Cost up to 1 call to 7digital (song/details). @upstream(method: &#34;song/details&#34;)");
  expect(page.match(/up to 1 call/g)).toHaveLength(1);
  expect(pageOf("Song")).toContain("Cost none. It is a signed URL");
});

it("shows deprecations with their reasons, of fields and of values", () => {
  expect(pageOf("Query")).toContain("songs(filter: Filter): [Song!]! Deprecated Use song.");
  expect(pageOf("Size")).toContain("SMALL Deprecated Too small.");
});

it("shows where a type is used, and which examples select it", () => {
  expect(pageOf("Filter")).toContain("Used by Query.songs");
  expect(pageOf("Size")).toContain("Used by Query.song");
  const runs = [run("{ song(id: 1) { title } }")];
  expect(pageOf("Song", runs)).toContain("Examples A song");
  expect(pageOf("Query", runs)).toContain("Examples: A song");
});

it("has a page for each type of the schema, each field of which has an anchor", () => {
  const { pages, groups } = reference([]);
  const types = groups.flatMap((group) => group.types);
  expect(new Set(types).size).toBe(types.length);
  const query = types.find(({ name }) => name === "Query");
  const html = pages.find(({ path }) => path === "reference/Query/")?.html ?? "";
  for (const field of Object.keys(assertObjectType(query).getFields())) expect(html).toContain(`id="field-${field}"`);
  for (const { name } of types) expect(pages.some(({ path }) => path === `reference/${name}/`)).toBe(true);
});

it("breaks names of several words between them, and PostgreSQL and GraphQL nowhere", () => {
  expect(breakable("releaseChart on PostgreSQL, by GraphQL")).toBe("release<wbr>Chart on PostgreSQL, by GraphQL");
});
