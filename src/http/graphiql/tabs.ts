/** The tabs that GraphiQL opens with: a few of the example operations, made ready to run. */
import type { Token } from "../../upstream/session.js";
import { sealToken } from "../../shared/sealed-token.js";
import type { Sealer } from "../../shared/sealing.js";
import type { ExampleOperation } from "./example-operations.js";
import { commentLines, sandboxNotes, type SandboxSheet, startNotes } from "./start-here.js";

/** GraphiQL names a tab by its operation and ignores variables and headers of the FIRST tab (graphiql #3392): write arguments inline. */
export interface GraphiqlTab {
  readonly query: string;
  readonly variables?: string;
  readonly headers?: string;
}

/** A value that the page asks for when it opens, and puts into its tabs in place of the placeholder. The placeholder "<new key>" stands for
 *  an idempotency key, which the page makes itself. */
export interface Prefill {
  readonly placeholder: string;
  readonly query: string;
  /** Where the value is in `data`. */
  readonly path: readonly string[];
}

/** What the embedded sandbox adds: a user for the tabs that need one, and what a person may try. */
export interface SandboxDemo {
  readonly user: Token;
  readonly sheet: SandboxSheet;
}

interface Opening {
  /** Name of the operation. */
  readonly name: string;
  readonly about: string;
  /** Needs a user, or a value of this visit: only with the sandbox behind it. */
  readonly sandboxOnly?: true;
  /** Carries the demo user's bearer token. */
  readonly asUser?: true;
}

const first = "StartHere";

const openings: readonly Opening[] = [
  { name: "Search", about: "artists, releases and tracks" },
  { name: "Artist", about: "an artist with three lists" },
  { name: "Release", about: "tracks, and prices in two stores" },
  { name: "Buy", about: "a track, at the price shown", sandboxOnly: true, asUser: true },
  { name: "FillBasket", about: "two items and a voucher", sandboxOnly: true },
  { name: "BuyBasket", about: "what FillBasket put there", sandboxOnly: true, asUser: true },
  { name: "Locker", about: "what the user owns, ready to play", sandboxOnly: true, asUser: true },
  { name: "SignIn", about: "sign in, on 7digital's own page" },
];

/** For the placeholders of schema/operations/. */
export const prefills: readonly Prefill[] = [
  {
    placeholder: "<quote>",
    query: `{ track(id: "track:1628043:1087227") { price { quote } } }`,
    path: ["track", "price", "quote"],
  },
  {
    placeholder: "<basket id>",
    query: `mutation { basketCreate(input: { country: "GB" }) { basket { id } } }`,
    path: ["basketCreate", "basket", "id"],
  },
];

/** Ten years, because browsers keep their tabs. */
const demoSeconds = 10 * 365 * 86_400;

/** @param demo Undefined without the embedded sandbox: then no tab needs a user. @throws Error if an operation is missing. */
export async function openingTabs(
  operations: readonly ExampleOperation[],
  sealer: Sealer,
  demo: SandboxDemo | undefined,
): Promise<readonly GraphiqlTab[]> {
  const shown = openings.filter(({ sandboxOnly }) => demo !== undefined || !sandboxOnly);
  const start = operationOf(operations, first).query;
  const notes = demo === undefined ? "" : `\n${sandboxNotes(demo.sheet)}`;
  const startTab = { query: `${startNotes(shown, demo !== undefined)}${start}${notes}` };
  const headers = demo && JSON.stringify(await bearerHeaders(sealer, demo.user), null, 2);
  const tabs = shown.map(({ name, asUser }) => exampleTab(operationOf(operations, name), asUser && headers, demo));
  return [startTab, ...tabs];
}

export async function bearerHeaders(sealer: Sealer, user: Token): Promise<Readonly<Record<string, string>>> {
  const { text } = await sealToken(sealer, "access", user, demoSeconds);
  return { Authorization: `Bearer ${text}` };
}

function operationOf(operations: readonly ExampleOperation[], name: string): ExampleOperation {
  const operation = operations.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`There is no example operation ${name}.`);
  return operation;
}

/** @param headers Undefined where no user is needed. */
function exampleTab({ name, query }: ExampleOperation, headers: string | undefined, demo: SandboxDemo | undefined): GraphiqlTab {
  const user = demo?.sheet.users.find(({ token }) => token?.token === demo.user.key);
  const email = user?.emailAddress ?? "";
  if (headers !== undefined) return { query: `${commentLines(`As ${email}: see Headers, below.`)}${query}`, headers };
  if (name !== "SignIn" || user === undefined) return { query };
  return { query: `${commentLines(`The sandbox knows ${email}, password "${user.password ?? ""}".`)}${query}` };
}
