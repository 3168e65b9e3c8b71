import { describe, expect, it } from "vitest";
import { breakingChanges, sectionOf, unannounced } from "../../../scripts/breaking-changes.js";

const before = `
directive @key(fields: String!) repeatable on OBJECT
directive @semanticNonNull on FIELD_DEFINITION
directive @inContext(country: ID, shopId: ID) on QUERY
type Query { artist(id: ID!, shopId: ID): Artist @semanticNonNull search(sort: Sort): Artist }
type Artist @key(fields: "id") @key(fields: "artistId") { id: ID! artistId: ID! tags: [String!] }
type Label { id: ID! }
enum Sort { NAME POPULARITY }
input Filter { name: String }
`;

const coordinatesOf = async (after: string): Promise<readonly string[]> =>
  (await breakingChanges(before, after)).map(({ coordinate }) => coordinate);

describe("a breaking change", () => {
  it.each([
    ["a field", "tags: [String!]", "", ["Artist.tags"]],
    ["the type of a field", "tags: [String!]", "tags: String", ["Artist.tags"]],
    ["an argument", ", shopId: ID): Artist", "): Artist", ["Query.artist(shopId:)"]],
    ["a required argument that is new", "artist(id: ID!", "artist(country: ID!, id: ID!", ["Query.artist(country:)"]],
    ["a type", "type Label { id: ID! }", "", ["Label"]],
    ["an enum value", "NAME POPULARITY", "NAME", ["Sort.POPULARITY"]],
    ["an input field that is required now", "name: String }", "name: String! }", ["Filter.name"]],
    ["an argument of a directive", "(country: ID, shopId: ID)", "(country: ID)", ["@inContext(shopId:)"]],
    ["a key that gateways use", ' @key(fields: "id")', "", ["Artist"]],
    ["the promise that a field is null only with an error", " @semanticNonNull search", " search", ["Query.artist"]],
  ])("is named by its coordinate: %s", async (_, old, current, coordinates) => {
    expect(before).toContain(old);
    expect(await coordinatesOf(before.replace(old, current))).toEqual(coordinates);
  });

  it.each([
    ["a new field", "tags: [String!]", "tags: [String!] name: String"],
    ["a new optional argument", "artist(id: ID!", "artist(country: ID, id: ID!"],
    ["a new enum value", "NAME POPULARITY", "NAME POPULARITY DATE"],
    ["a further key", '@key(fields: "id")', '@key(fields: "artistId id") @key(fields: "id")'],
    ["a field that is never null any more", "tags: [String!]", "tags: [String!]!"],
  ])("is not %s", async (_, old, current) => {
    expect(before).toContain(old);
    expect(await coordinatesOf(before.replace(old, current))).toEqual([]);
  });
});

const change = (coordinate: string) => ({ coordinate, message: "It was removed." });

describe("a changelog", () => {
  it.each([
    ["the coordinate", "Artist.tags", "Use `Artist.tags` no more."],
    ["the field of an argument", "Query.artist(id:)", "`Query.artist` has other arguments."],
    ["an argument", "Query.artist(id:)", "`Query.artist(id:)` is gone."],
    ["a pattern of types", "ItemDeliverInput", "`ItemDeliver*` are gone."],
    ["a pattern of fields", "Artist.similar", "`*.similar` is `similarArtists` now."],
    ["a directive", "@operator", "`@operator` is gone."],
  ])("announces by %s", (_, coordinate, text) => {
    expect(unannounced([change(coordinate)], `[1.0.0]\n\n### Removed\n\n- ${text}\n`)).toEqual([]);
  });

  it.each([
    ["without backticks", "Artist.tags", "### Removed\n\n- Artist.tags"],
    ["among additions", "Artist.tags", "### Added\n\n- `Artist.tags`\n\n### Fixed\n\n- Nothing."],
    ["by its type alone", "Artist.tags", "### Removed\n\n- `Artist`"],
    ["by a longer name", "Artist.tags", "### Removed\n\n- `Artist.tagsOf`"],
    ["by the name of the field alone", "Artist.tags", "### Removed\n\n- `tags`"],
    ["by a pattern across the dot", "Artist.tags", "### Removed\n\n- `Art*`"],
    ["by another argument", "Query.artist(id:)", "### Removed\n\n- `Query.artist(shopId:)`"],
  ])("announces nothing %s", (_, coordinate, text) => {
    expect(unannounced([change(coordinate)], `[1.0.0]\n\n${text}\n`)).toEqual([change(coordinate)]);
  });

  it("has a section for each version", () => {
    const changelog = "# Changelog\n\n## [0.2.0] - Unreleased\n\n- new\n\n## [0.1.0] - 2026-01-01\n\n- old\n";
    expect(sectionOf(changelog, "0.1.0")).toContain("old");
    expect(sectionOf(changelog, "0.1.0")).not.toContain("new");
    expect(sectionOf(changelog, "0.3.0")).toBe("");
  });
});
