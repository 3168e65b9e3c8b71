/** An upstream that shows a locker and does to every purchase call whatever a test wants, on raw sockets; and a façade in front of it whose
 *  catalogue is the sandbox's. The till counts the purchase calls that reach it, which is what money safety is about. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { startFacade, type Answer, type Facade } from "../facade.js";

/** What the till does with a purchase call. The request has been read; nothing has been answered. */
export type Deed = (socket: Socket, request: IncomingMessage) => void;

export interface Till {
  readonly url: string;
  /** Targets of the purchase calls that came, oldest first. */
  readonly purchases: string[];
  /** Looks into the locker that came. */
  looks: number;
  readonly server: Server;
  /** Purchases shown by the locker, as XML of `<lockerTrack>`; a function is asked at every look. */
  locker: () => string;
  /** What happens at a look into the locker instead of an answer, if anything. */
  onLook: ((socket: Socket) => boolean) | undefined;
  /** Headers of its answers about the locker. */
  lookHeaders: Readonly<Record<string, string>>;
  deed: Deed;
  close(): Promise<void>;
}

async function startTill(): Promise<Till> {
  const sockets = new Set<Socket>();
  const purchases: string[] = [];
  const server = createServer((request, response) => {
    const target = request.url ?? "";
    if (target.includes("/user/locker")) {
      till.looks += 1;
      if (till.onLook?.(request.socket) === true) return;
      response.writeHead(200, { "content-type": "text/xml", ...till.lookHeaders }).end(lockerXml(till.locker()));
      return;
    }
    purchases.push(target);
    till.deed(request.socket, request);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const till: Till = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    purchases,
    looks: 0,
    server,
    locker: () => "",
    onLook: undefined,
    lookHeaders: {},
    deed: sell(),
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
  return till;
}

function lockerXml(tracks: string): string {
  const total = tracks === "" ? 0 : 1;
  const release =
    tracks === ""
      ? ""
      : `<lockerRelease><release id="155408"><title>Dreams</title></release><lockerTracks>${tracks}</lockerTracks></lockerRelease>`;
  return `<response status="ok" version="1.2"><locker><lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>${String(total)}</totalItems>${release}</lockerReleases></locker></response>`;
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
  return `<?xml version="1.0" encoding="utf-8"?>
<response status="ok" version="1.2"><purchase id="${purchaseId}"><purchaseDate>${purchaseDate}</purchaseDate><lockerReleases/></purchase></response>`;
}

export function errorXml(code: string): string {
  return `<response status="error" version="1.2"><error code="${code}"><errorMessage>no</errorMessage></error></response>`;
}

/** Answers in HTTP, whole. */
export function say(body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = { "content-type": "text/xml" }): Deed {
  return (socket) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`HTTP/1.1 ${String(status)} X\r\n${lines.join("")}content-length: ${String(Buffer.byteLength(body))}\r\n\r\n`);
    socket.end(body);
  };
}

/** Sells what is asked for. */
export function sell(headers: Readonly<Record<string, string>> = {}): Deed {
  return (socket, request) => say(purchaseXml(), 200, { "content-type": "text/xml", ...headers })(socket, request);
}

/** Sends bytes as they are, then does what the test says. */
export function raw(bytes: string, then: "end" | "reset" | "stay"): Deed {
  return (socket) => {
    socket.write(bytes, () => {
      if (then === "end") socket.end();
      else if (then === "reset") socket.resetAndDestroy();
    });
  };
}

export interface Shop {
  readonly facade: Facade;
  readonly till: Till;
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
  const till = await startTill();
  let aheadMs = 0;
  const facade = await startFacade({
    ahead: () => aheadMs,
    environment: {
      SEVENDIGITAL_SECURE_BASE_URL: `${till.url}/1.2`,
      OPERATOR_SECRET: operatorSecret,
      PURCHASE_TIMEOUT_MS: "800",
      PURCHASE_SETTLE_MS: "0,30",
      ...environment,
    },
    ...(report === undefined ? {} : { report }),
  });
  return {
    facade,
    till,
    pass(seconds) {
      aheadMs += seconds * 1000;
    },
    async close() {
      await facade.close();
      await till.close();
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
    readonly attempt: { readonly status: string; readonly confirmedBy: string | null; readonly refusal: string | null } | null;
    readonly purchase: { readonly purchaseId: string } | null;
    readonly userErrors: readonly { readonly __typename: string; readonly code: string; readonly field: readonly string[] | null }[];
  };
}

export const buyTrack = `mutation ($input: ItemPurchaseInput!) {
  itemPurchase(input: $input) {
    attempt { status confirmedBy refusal }
    purchase { purchaseId }
    userErrors { __typename code field }
  }
}`;

let keys = 0;

export function newKey(): string {
  keys += 1;
  return `key-of-the-tests-${String(keys).padStart(6, "0")}`;
}

/** Somebody of whom there are no purchases yet. The till takes any token. */
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
      viewer { purchaseAttempt(idempotencyKey: $idempotencyKey) { status confirmedBy refusal } }
    }`,
    { idempotencyKey },
    headers,
  );
  return data.viewer.purchaseAttempt;
}
