/** Text that people type, checked before it is sent. */
import { badUserInput } from "./client-error.js";

const longest = 200;
// eslint-disable-next-line no-control-regex -- NUL is what it looks for
const unsendable = /\u0000|\p{Surrogate}/u;

/** Whether the text has from 1 to `most` characters that can all be seen. Invisible ones may be there to deceive. */
export function isVisible(text: string, most: number): boolean {
  return new RegExp(`^[^\\p{C}\\p{Zl}\\p{Zp}]{1,${String(most)}}$`, "u").test(text);
}

/** The text without white space around it. @throws ClientError BAD_USER_INPUT */
export function parseSearchText(argument: string, value: string): string {
  const trimmed = value.trim();
  if (trimmed === "") throw badUserInput(argument, `\`${argument}\` is empty. Send at least one character.`);
  if (trimmed.length > longest) throw badUserInput(argument, `\`${argument}\` is too long. Send at most ${String(longest)} characters.`);
  if (unsendable.test(trimmed))
    throw badUserInput(argument, `\`${argument}\` has a character that cannot be sent (NUL, or half of a surrogate pair). Remove it.`);
  return trimmed;
}
