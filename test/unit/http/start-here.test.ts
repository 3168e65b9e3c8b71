/** The tab StartHere names everything that the sandbox's cheat sheet has for a person, in lines that fit the editor. */
import { parse } from "graphql";
import { expect, it } from "vitest";
import { commentLines, sandboxNotes, startNotes } from "../../../src/http/graphiql/start-here.js";
import { cheatSheet } from "../../../src/sandbox/cheat-sheet.js";

const sheet = cheatSheet();
const tabs = [
  { name: "Search", about: "artists, releases and tracks" },
  { name: "FillBasket", about: "two items and a voucher" },
];

it("lists users, vouchers, cards and releases that misbehave, each with what happens", () => {
  const text = sandboxNotes(sheet).replace(/\n# */g, " ");
  const users = sheet.users.flatMap(({ emailAddress, locker }) => (emailAddress === null ? [] : [emailAddress, locker]));
  const vouchers = sheet.vouchers.flatMap(({ code, effect }) => [code, effect]);
  const cards = sheet.cards.flatMap(({ number, effect }) => [number, effect]);
  const releases = sheet.misbehavingReleases.flatMap(({ releaseId, effect }) => [`release:${String(releaseId)}`, effect]);
  const all = [...users, ...vouchers, ...cards, ...releases];
  expect(all.length).toBeGreaterThan(45);
  expect(all.filter((one) => !text.includes(one))).toEqual([]);
  expect(text).toContain('password "demo"');
});

it("names every tab with what it is for, in columns", () => {
  const lines = startNotes(tabs, true).split("\n");
  expect(lines).toContain("# Search      artists, releases and tracks");
  expect(lines).toContain("# FillBasket  two items and a voucher");
});

it("says whether money is real", () => {
  expect(startNotes(tabs, true).replace(/\n# /g, " ")).toContain("nothing is real or costs money");
  expect(startNotes(tabs, false).replace(/\n# /g, " ")).toContain("what you buy costs money");
});

it("consists of comments of at most 48 characters around a query", () => {
  const text = `${startNotes(tabs, true)}{ a }\n${sandboxNotes(sheet)}`;
  expect(text.split("\n").filter((line) => line.length > 48)).toEqual([]);
  expect(parse(text).definitions).toHaveLength(1);
});

it("breaks lines between words, and indents what follows", () => {
  expect(commentLines("one two", 4)).toBe("# one two\n");
  expect(commentLines(`  name  ${"word ".repeat(10)}`, 4)).toBe(`#   name  word${" word".repeat(6)}\n#     word word word\n`);
  expect(commentLines("x".repeat(60))).toBe(`# ${"x".repeat(60)}\n`);
});
