/** Words that people type, made fit to be sent. */
import { badUserInput } from "./input-error.js";

const longest = 200;
// eslint-disable-next-line no-control-regex -- NUL is what it looks for
const unsendable = /\u0000|\p{Surrogate}/u;

/** Whether all of the text can be seen, from 1 character to `most`: what can not be seen may be there to deceive. */
export function isVisible(text: string, most: number): boolean {
  return new RegExp(`^[^\\p{C}\\p{Zl}\\p{Zp}]{1,${String(most)}}$`, "u").test(text);
}

/** The words without white space around them. @throws GraphQLError BAD_USER_INPUT */
export function words(argument: string, value: string): string {
  const trimmed = value.trim();
  if (trimmed === "") throw badUserInput(argument, `\`${argument}\` is empty: send at least one character.`);
  if (trimmed.length > longest) throw badUserInput(argument, `\`${argument}\` has at most ${String(longest)} characters.`);
  if (unsendable.test(trimmed))
    throw badUserInput(argument, `\`${argument}\` holds a character that can not be sent (NUL or half of a pair).`);
  return trimmed;
}
