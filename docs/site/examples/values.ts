/** The variables that examples are run with, where their own defaults are not enough. */

/** What prepares an example. Its calls to 7digital do not count. */
export interface Stage {
  /** @returns `data` of the response. */
  ask(query: string, variables?: object): Promise<Readonly<Record<string, unknown>>>;
  /** What a user does on 7digital's page when they sign in. */
  agree(authorizeUrl: string): void;
}

type Variables = Readonly<Record<string, unknown>>;

/** In schema/operations these stand for values that exist only at run time. */
const placeholders: Readonly<Record<string, (stage: Stage) => Promise<string>>> = {
  "<quote>": (stage) => quoteOf(stage, "track:1628043:1087227"),
  "<basket id>": newBasket,
};

const page = { artistId: "1", first: 2 };
const purchase = async (stage: Stage, itemId: string, idempotencyKey: string) => ({
  input: { itemId, quote: await quoteOf(stage, itemId), idempotencyKey },
});
const lines = async (stage: Stage) => ({ input: { basketId: await newBasket(stage), lines: [{ itemId: "track:760:615108" }] } });
const basket = async (stage: Stage) => ({ id: await newBasket(stage) });

/** By file and name of the operation. The key of a purchase is used again where its outcome is read. */
const byExample: Readonly<Record<string, (stage: Stage) => Variables | Promise<Variables>>> = {
  "README.md Buy": async (stage) => ({ quote: await quoteOf(stage, "track:12345:1302") }),
  "docs/agents.md FindReleases": () => ({ words: "pink" }),
  "examples/codegen/operations.ts ArtistPage": () => ({ id: "1", first: 2 }),
  "examples/codegen/operations.ts SignInStart": () => ({ input: { clientIdentifier: "this-browser" } }),
  "examples/codegen/operations.ts SignInComplete": async (stage) => ({ input: { state: await agreedState(stage) } }),
  "examples/codegen/operations.ts Buy": async (stage) => ({
    ...(await purchase(stage, "track:760:615108", "key-of-typed-documents")),
    returnUrl: "https://shop.example/cards",
  }),
  "examples/codegen/operations.ts Attempt": () => ({ idempotencyKey: "key-of-typed-documents" }),
  "examples/codegen/operations.ts Outcome": () => ({ idempotencyKey: "key-of-typed-documents" }),
  "examples/codegen/operations.ts ItemPrice": () => ({ id: "track:12345:1302" }),
  "examples/codegen/operations.ts Clip": () => ({ id: "track:12345:1302" }),
  "examples/apollo/operations.ts TopTracks": () => page,
  "examples/apollo/operations.ts TopTracksIn": () => ({ ...page, country: "DE" }),
  "examples/apollo/operations.ts BasketPage": basket,
  "examples/apollo/operations.ts BasketLinesAdd": lines,
  "examples/apollo/operations.ts ItemPurchase": (stage) => purchase(stage, "track:760:615108", "key-of-apollo-client"),
  "examples/apollo/operations.ts Locker": () => ({ first: 2 }),
  "examples/apollo/operations.ts ArtistInParts": () => ({ id: "1" }),
  "examples/apollo/operations.ts PurchaseOutcome": () => ({ idempotencyKey: "key-of-apollo-client" }),
  "examples/urql/operations.ts TopTracks": () => ({ ...page, country: "DE" }),
  "examples/urql/operations.ts BasketPage": basket,
  "examples/urql/operations.ts BasketLinesAdd": lines,
  "examples/urql/operations.ts ItemPurchase": (stage) => purchase(stage, "track:760:615108", "key-of-the-urql-client"),
  "examples/urql/operations.ts Locker": () => ({ first: 2 }),
  "examples/urql/operations.ts ArtistInParts": () => ({ id: "1" }),
  "examples/urql/operations.ts PurchaseOutcome": () => ({ idempotencyKey: "key-of-the-urql-client" }),
};

/** Values that several examples share: a basket is filled by one and bought by the next. */
const shared = new Map<string, Promise<string>>();

/** @param operation Its name. @returns The value of a placeholder. Undefined if the text is none. */
export function placeholderValue(text: string, operation: string, stage: Stage): Promise<string> | undefined {
  // Two purchases never share a key.
  if (text === "<new key>") return Promise.resolve(`key-of-the-purchase-${operation === "WaitForPurchase" ? "Buy" : operation}`);
  const value = shared.get(text) ?? placeholders[text]?.(stage);
  if (value !== undefined) shared.set(text, value);
  return value;
}

/** @returns Undefined if the example needs none. */
export function valuesOf(file: string, name: string, stage: Stage): Variables | Promise<Variables> | undefined {
  return byExample[`${file} ${name}`]?.(stage);
}

async function quoteOf(stage: Stage, id: string): Promise<string> {
  const { track } = await stage.ask("query ($id: ID!) { track(id: $id) { price { quote } } }", { id });
  return (track as { price: { quote: string } }).price.quote;
}

async function newBasket(stage: Stage): Promise<string> {
  const { basketCreate } = await stage.ask(`mutation { basketCreate(input: { country: "GB" }) { basket { id } } }`);
  return (basketCreate as { basket: { id: string } }).basket.id;
}

async function agreedState(stage: Stage): Promise<string> {
  const { signInStart } = await stage.ask("mutation { signInStart(input: {}) { authorizeUrl state } }");
  const { authorizeUrl, state } = signInStart as { authorizeUrl: string; state: string };
  stage.agree(authorizeUrl);
  return state;
}
