/** Names of copies for HAProxy, as Docker's name server gives them: a copy that starts again has another address. */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

export class Names {
  private readonly addresses = new Map<string, string>();
  private given = 0;

  private constructor(private readonly socket: Socket) {
    socket.on("message", (query, { port, address }) => socket.send(this.answer(query), port, address));
  }

  static async start(): Promise<Names> {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new Names(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Gives the name an address of this machine that it has not had. */
  move(name: string): string {
    this.given += 1;
    const address = `127.0.${String(100 + (this.given >> 8))}.${String(this.given & 255)}`;
    this.addresses.set(name, address);
    return address;
  }

  addressOf(name: string): string {
    const address = this.addresses.get(name);
    if (address === undefined) throw new Error(`${name} has no address.`);
    return address;
  }

  close(): void {
    this.socket.close();
  }

  /** @see RFC 1035, 4.1. The first question alone is answered. */
  private answer(query: Buffer): Buffer {
    const { name, end } = readName(query, 12);
    const address = query.readUInt16BE(end) === 1 ? this.addresses.get(name) : undefined;
    const head = Buffer.from(query.subarray(0, 12));
    // A response, with authority. A name without an address of the kind that is asked for has none: that is no error.
    head.writeUInt16BE(0x8480, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(address === undefined ? 0 : 1, 6);
    head.writeUInt32BE(0, 8);
    const question = query.subarray(12, end + 4);
    if (address === undefined) return Buffer.concat([head, question]);
    // The name of the question, A, IN, for no time, four bytes.
    const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)];
    return Buffer.concat([head, question, Buffer.from(record)]);
  }
}

/** @returns With where it ends. */
function readName(message: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), end: at + 1 };
}
