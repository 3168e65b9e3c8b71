/** What the tab StartHere says, as comments of GraphQL that fit the editor at a window of 1280 pixels. */

/** What a person may try on the embedded sandbox. */
export interface SandboxSheet {
  readonly users: readonly SheetUser[];
  readonly vouchers: readonly { readonly code: string; readonly effect: string }[];
  readonly cards: readonly { readonly number: string; readonly effect: string }[];
  /** Prices are those of Britain, in pounds. */
  readonly misbehavingReleases: readonly { readonly releaseId: number; readonly price: string | null; readonly effect: string }[];
}

interface SheetUser {
  /** Null for a user who cannot sign in, as `password` is. */
  readonly emailAddress: string | null;
  readonly password: string | null;
  readonly token: { readonly token: string } | null;
  readonly card: string;
  readonly locker: string;
}

/** Characters of a line, with its "# ". */
const lineWidth = 48;

/** @param tabs The other tabs. */
export function startNotes(tabs: readonly { readonly name: string; readonly about: string }[], isSandbox: boolean): string {
  const source = isSandbox
    ? "7digital's music API as one graph. Here it answers from a sandbox: nothing is real or costs money."
    : "7digital's music API as one graph. It answers from the real API: what you buy costs money.";
  const more = isSandbox ? " Below this query are users, vouchers and cards to try." : "";
  const nameWidth = Math.max(...tabs.map(({ name }) => name.length)) + 2;
  return [
    commentLines(source),
    commentLines(`Run a tab by the pink button or Ctrl-Enter.${more}`),
    "#\n",
    ...tabs.map(({ name, about }) => commentLines(`${name.padEnd(nameWidth)}${about}`, nameWidth)),
    ...(isSandbox ? [] : ["#\n", commentLines('`viewer` and purchases need a user: SignIn says how to send a token, under "Headers".')]),
    "\n",
  ].join("");
}

/** Users, vouchers, cards, and releases that misbehave. */
export function sandboxNotes({ users, vouchers, cards, misbehavingReleases }: SandboxSheet): string {
  const people = users.flatMap(({ emailAddress, card, locker }) =>
    emailAddress === null ? [] : [item(emailAddress, `${card === "none" ? "no card" : `card: ${card}`}; locker: ${locker}`)],
  );
  const passwords = [...new Set(users.flatMap(({ password }) => (password === null ? [] : [`"${password}"`])))].join(", ");
  return [
    section(`Users, to sign in with password ${passwords}`, people),
    section(
      "Vouchers, for FillBasket",
      vouchers.map(({ code, effect }) => item(code, effect)),
    ),
    section(
      "Cards, for the page at `addCardUrl`",
      cards.map(({ number, effect }) => item(number, effect)),
    ),
    section(
      "Releases that misbehave when they are bought",
      misbehavingReleases.map(({ releaseId, price, effect }) => item(`release:${String(releaseId)}`, `${price ?? "no price"}: ${effect}`)),
    ),
  ].join("#\n");
}

function section(title: string, items: readonly string[]): string {
  return commentLines(`${title}:`) + items.join("");
}

function item(name: string, text: string): string {
  return commentLines(`  ${name}  ${text}`, 4);
}

/** The text as lines of comments, broken between words. @param indent Of all lines but the first. */
export function commentLines(text: string, indent = 0): string {
  const lines: string[] = [];
  // Spaces at the start and within the first words line columns up, so they stay.
  let line = "#";
  for (const word of text.match(/ *\S+/g) ?? []) {
    const joined = line === "#" ? `# ${word}` : `${line}${word}`;
    if (joined.length <= lineWidth || line === "#") line = joined;
    else {
      lines.push(line);
      line = `# ${" ".repeat(indent)}${word.trimStart()}`;
    }
  }
  return [...lines, line].map((one) => `${one}\n`).join("");
}
