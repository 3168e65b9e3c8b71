/** Carries one request to the API and its answer back, with what befalls them on the way. One connection on either side for each. */
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { halved, madeUpAnswer, type Strike } from "./strikes.js";

export interface Exchange {
  readonly client: Socket;
  /** The whole request: it has no body. */
  readonly head: Buffer;
  /** Where the API listens. */
  readonly port: number;
  readonly strike: Strike;
  /** What `stale` answers; undefined where there is nothing yet. */
  readonly stale: Buffer | undefined;
  /** Told of the answer, before a byte of it is handed on. */
  readonly onAnswer: (answer: Buffer) => void;
}

/** Resolves when the API has nothing of it any more; the client may still wait for the answer. */
export async function carry(exchange: Exchange): Promise<void> {
  const { client, strike } = exchange;
  if (strike.kind === "swallowed") return;
  if (strike.kind === "resetInRequest") return resetInRequest(exchange, strike.share);
  const instead = answeredInstead(exchange);
  if (instead !== undefined) {
    handBack(exchange, instead);
    return;
  }
  if (strike.kind === "late") await wait(strike.ms);
  const answer = await forwarded(exchange);
  if (answer === undefined) client.resetAndDestroy();
  else if (strike.kind === "cut") cut(exchange, answer, strike);
  else if (strike.kind === "drip") await drip(exchange, answer, strike.ms);
  else handBack(exchange, returned(strike, answer));
}

/** Undefined where the API is to answer. */
function answeredInstead({ strike, stale }: Exchange): Buffer | undefined {
  if (strike.kind === "answered") return madeUpAnswer(strike.by);
  return strike.kind === "stale" ? (stale ?? madeUpAnswer("503")) : undefined;
}

function handBack({ client, onAnswer }: Exchange, answer: Buffer): void {
  onAnswer(answer);
  client.end(answer);
}

function resetInRequest({ client, head, port }: Exchange, share: number): Promise<void> {
  const part = head.subarray(0, Math.floor((head.length - 1) * share));
  return new Promise((resolve) => {
    const upstream = connect(port, "127.0.0.1");
    upstream.on("error", () => undefined).once("close", () => resolve());
    upstream.write(part, () => {
      upstream.resetAndDestroy();
      client.resetAndDestroy();
    });
  });
}

/** The whole answer; undefined where the API broke off without one. A façade that gives up waiting ends it, unless it is late: what is on its
 *  way arrives. */
function forwarded({ client, head, port, strike }: Exchange): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const upstream = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    let broken = false;
    upstream.on("data", (chunk: Buffer) => chunks.push(chunk));
    upstream.on("error", () => (broken = true));
    upstream.once("close", () => resolve(broken || chunks.length === 0 ? undefined : Buffer.concat(chunks)));
    upstream.write(single(head, strike));
    if (strike.kind === "late") return;
    if (client.destroyed) upstream.destroy();
    else client.once("close", () => upstream.destroy());
  });
}

/** Asks for the end of the connection after the answer, which tells where the answer ends. */
function single(head: Buffer, { kind }: Strike): string {
  const lines = head.toString("latin1").trimEnd().split("\r\n");
  const dropped = kind === "halved" ? /^(?:connection|accept-encoding):/i : /^connection:/i;
  return `${[...lines.filter((line) => !dropped.test(line)), "connection: close"].join("\r\n")}\r\n\r\n`;
}

function returned(strike: Strike, answer: Buffer): Buffer {
  if (strike.kind === "replaced") return madeUpAnswer(strike.by);
  return strike.kind === "halved" ? halved(answer, strike.share) : answer;
}

function cut({ client, onAnswer }: Exchange, answer: Buffer, { share, then }: Extract<Strike, { kind: "cut" }>): void {
  const part = answer.subarray(0, Math.floor(answer.length * share));
  onAnswer(part);
  if (then === "end") client.end(part);
  else client.write(part, () => (then === "reset" ? client.resetAndDestroy() : undefined));
}

const drops = 12;

async function drip({ client, onAnswer }: Exchange, answer: Buffer, ms: number): Promise<void> {
  const size = Math.ceil(answer.length / drops);
  onAnswer(answer);
  for (let at = 0; at < answer.length && !client.destroyed; at += size) {
    client.write(answer.subarray(at, at + size));
    await wait(ms / drops);
  }
  client.end();
}
