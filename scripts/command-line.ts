/** Reads the command line of a script, and finds everything that is wrong with it at once. */
import { parseArgs, type ParseArgsConfig } from "node:util";

type Declared = NonNullable<ParseArgsConfig["options"]>;

/** @returns The values as they were given, and what was given that is not declared, one line each. */
export function readCommandLine<T extends Declared>(args: readonly string[], declared: T) {
  // Not strict, since strict stops at the first mistake.
  const { values, tokens } = parseArgs({ args: [...args], options: declared, strict: false, tokens: true });
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") return [`Unknown argument ${token.value}`];
    return token.kind === "option" && !(token.name in declared) ? [`Unknown option ${token.rawName}`] : [];
  });
  return { values, problems };
}

/** @returns NaN for any other value. @param problems Takes what is wrong. */
export function wholeNumber(name: string, text: unknown, [least, most]: readonly [number, number], problems: string[]): number {
  const number = typeof text === "string" && /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(number >= least && number <= most)) problems.push(`--${name} must be a whole number from ${String(least)} to ${String(most)}`);
  return number;
}
