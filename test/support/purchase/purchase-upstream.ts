/** An upstream that shows a locker and does to every purchase call what a test wants; and a façade in front of it whose catalogue is the
 *  sandbox's. It counts the purchase calls that reach it, which is what money safety is about. */
import { startFacade, type Answer, type Facade } from "../facade.js";
import { fakeUpstream, lockerXml, okXml, respond, xmlType, type Behaviour, type Reply } from "../fake-upstream.js";

export interface PurchaseUpstream {
  readonly url: string;
  /** Paths of the purchase calls that came, oldest first. */
  readonly purchases: string[];
  lockerReads: number;
  /** The locker's tracks, as XML of `<lockerTrack>`, asked for at every read. */
  locker: () => string;
  lockerHeaders: Readonly<Record<string, string>>;
  readonly showLocker: Reply;
  /** `showLocker`, unless a test sets another. */
  onLockerRead: Behaviour;
  onPurchase: Behaviour;
}

async function purchaseUpstream(): Promise<{ upstream: PurchaseUpstream; close: () => Promise<void> }> {
  let close = (): Promise<void> => Promise.resolve();
  const { url } = await fakeUpstream(
    (response, asked, nth) => {
      if (asked.path.endsWith("/user/locker")) {
        upstream.lockerReads += 1;
        upstream.onLockerRead(response, asked, nth);
      } else {
        upstream.purchases.push(asked.path);
        upstream.onPurchase(response, asked, nth);
      }
    },
    { later: (closing) => (close = closing) },
  );
  const showLocker: Reply = (response) => respond(lockerXml(upstream.locker()), 200, { ...xmlType, ...upstream.lockerHeaders })(response);
  const upstream: PurchaseUpstream = {
    url,
    purchases: [],
    lockerReads: 0,
    locker: () => "",
    lockerHeaders: {},
    showLocker,
    onLockerRead: showLocker,
    onPurchase: sell(),
  };
  return { upstream, close: () => close() };
}

/** Track 1628015 as a locker shows it. */
export function lockerTrack(purchaseId: string | undefined, purchaseDate: string): string {
  const id = purchaseId === undefined ? "" : `<purchaseId>${purchaseId}</purchaseId>`;
  return `<lockerTrack><track id="1628015"><title>Burning</title></track><remainingDownloads>5</remainingDownloads>${id}<purchaseDate>${purchaseDate}</purchaseDate></lockerTrack>`;
}

let purchaseIds = 4711;

/** A purchase, by default under an id of its own. No test's clock is past its date. */
export function purchaseXml(purchaseId = String((purchaseIds += 1))): string {
  const purchaseDate = new Date(Date.now() + 86_400_000).toISOString();
  return okXml(`<purchase id="${purchaseId}"><purchaseDate>${purchaseDate}</purchaseDate><lockerReleases/></purchase>`);
}

/** Sells what is asked for. */
export function sell(headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => respond(purchaseXml(), 200, { ...xmlType, ...headers })(response);
}

export interface Shop {
  readonly facade: Facade;
  readonly upstream: PurchaseUpstream;
  /** Lets the façade's clock go on. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

export const operatorSecret = "operator-secret-of-the-tests";

export const demo = {
  "x-7d-oauth-token": "demo-token",
  "x-7d-oauth-token-secret": "demo-token-secret",
  "x-7d-operator-secret": operatorSecret,
};

export async function startShop(environment: Readonly<Record<string, string>> = {}, report?: (error: unknown) => void): Promise<Shop> {
  const { upstream, close } = await purchaseUpstream();
  let aheadMs = 0;
  const facade = await startFacade({
    ahead: () => aheadMs,
    environment: {
      SEVENDIGITAL_SECURE_BASE_URL: `${upstream.url}/1.2`,
      OPERATOR_SECRET: operatorSecret,
      PURCHASE_TIMEOUT_MS: "800",
      PURCHASE_SETTLE_MS: "0,30",
      ...environment,
    },
    ...(report === undefined ? {} : { report }),
  });
  return {
    facade,
    upstream,
    pass(seconds) {
      aheadMs += seconds * 1000;
    },
    async close() {
      await facade.close();
      await close();
    },
  };
}

export const track = "track:1628015:155408";

export async function quoteOf(facade: Facade, id = track): Promise<string> {
  const { data } = await facade.query<{ node: { price: { quote: string } } }>(
    `query ($id: ID!) { node(id: $id) { ... on Purchasable { price { quote } } } }`,
    { id },
  );
  return data.node.price.quote;
}

export interface PurchaseAnswer {
  readonly itemPurchase: {
    readonly attempt: { readonly status: string; readonly confirmedBy: string | null; readonly failure: string | null } | null;
    readonly purchase: { readonly purchaseId: string } | null;
    readonly userErrors: readonly {
      readonly __typename: string;
      readonly code: string;
      readonly message: string;
      readonly field: readonly string[] | null;
    }[];
  };
}

export const buyTrack = `mutation ($input: ItemPurchaseInput!) {
  itemPurchase(input: $input) {
    attempt { status confirmedBy failure }
    purchase { purchaseId }
    userErrors { __typename code message field }
  }
}`;

let keys = 0;

export function newKey(): string {
  keys += 1;
  return `key-of-the-tests-${String(keys).padStart(6, "0")}`;
}

/** Somebody of whom there are no purchases yet. The upstream takes any token. */
export function newBuyer(): typeof demo {
  return { ...demo, "x-7d-oauth-token": `demo-token-${newKey()}` };
}

/** Buys the track with the demo user's card. */
export async function buy(
  { facade }: Pick<Shop, "facade">,
  input: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = demo,
): Promise<Answer<PurchaseAnswer>> {
  const quote = "quote" in input ? input["quote"] : await quoteOf(facade);
  return facade.query<PurchaseAnswer>(buyTrack, { input: { itemId: track, quote, idempotencyKey: newKey(), ...input } }, headers);
}

export async function attemptOf(
  { facade }: Pick<Shop, "facade">,
  idempotencyKey: string,
  headers: Readonly<Record<string, string>> = demo,
) {
  const { data } = await facade.query<{ viewer: { purchaseAttempt: PurchaseAnswer["itemPurchase"]["attempt"] } }>(
    `query ($idempotencyKey: String!) {
      viewer { purchaseAttempt(idempotencyKey: $idempotencyKey) { status confirmedBy failure } }
    }`,
    { idempotencyKey },
    headers,
  );
  return data.viewer.purchaseAttempt;
}
