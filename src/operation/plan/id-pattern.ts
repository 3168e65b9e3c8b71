/** A plan counts calls. Which artist or release an ID names decides nothing of that: only its kind does, and which IDs are the same. So one plan
 *  serves all values of variables that differ in nothing else. */
import { visit, type DocumentNode } from "graphql";
import { memoizePerObject } from "../../shared/memoize-per-object.js";

/** An ID as 7digital writes it, or a global one: "1", "artist:1", "track:1628015:155408". All numbers of this length are valid shop IDs too. */
const id = /^(?:[a-z]+:)?[1-9]\d{0,8}(?::[1-9]\d{0,8})?$/i;
const number = /[1-9]\d*/g;

/** The numbers that a document writes out, to which those in variables may be equal. */
export const numbersIn = memoizePerObject((document: DocumentNode): readonly string[] => {
  const found: string[] = [];
  const note = ({ value }: { readonly value: string }): void => void found.push(...(value.match(number) ?? []));
  visit(document, { StringValue: note, IntValue: note });
  return [...new Set(found)];
});

/** JSON text of values in which each number of an ID is written as its place among all numbers.
 *  @param known The first of these numbers. */
export function idPatternOf(values: unknown, known: readonly string[]): string {
  const numbers = [...known];
  const placeOf = (text: string): string => {
    const place = numbers.indexOf(text);
    return `#${String(place === -1 ? numbers.push(text) - 1 : place)}`;
  };
  return JSON.stringify(values, (_name, value: unknown) => {
    if (typeof value !== "string") return value;
    // Numbers in other texts count as well: "basket:34:…" names the shop 34.
    const replaced = value.replace(number, placeOf);
    return id.test(value) ? replaced : value;
  });
}
