/** A connection of the load generator: sends a request, checks every byte of the body of its response, and sends the next. It reads into one
 *  buffer and knows only what the measured servers send (a length, no chunks): a client that did more would be the limit. */
import { connect, type Socket } from "node:net";
import type { Shot } from "./deck.js";

export interface Traffic {
  /** What to send next; undefined where this connection is to end. */
  readonly next: () => Shot | undefined;
  readonly answered: (ms: number, bytes: number) => void;
  readonly failed: (reason: string) => void;
  readonly ended: () => void;
}

const headEnd = Buffer.from("\r\n\r\n");
const bufferBytes = 64 * 1024;
const shown = 300;

export class ClientConnection {
  private readonly socket: Socket;
  private shot: Shot | undefined;
  private sentAt = 0;
  /** What came of a head that is not complete. */
  private head: Buffer | undefined;
  private part = 0;
  private offset = 0;
  private inBody = false;

  /** @param address Of this client: one of 127.0.0.0/8. */
  constructor(
    port: number,
    address: string | undefined,
    private readonly traffic: Traffic,
  ) {
    this.socket = connect({
      port,
      host: "127.0.0.1",
      ...(address === undefined ? {} : { localAddress: address }),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(bufferBytes),
        callback: (length, buffer) => {
          this.read((buffer as Buffer).subarray(0, length));
          return true;
        },
      },
    });
    this.socket.once("connect", () => this.send());
    this.socket.on("error", (error) => traffic.failed(`connection failed: ${error.message}`));
    this.socket.on("close", () => (this.shot === undefined ? traffic.ended() : traffic.failed("the server closed the connection")));
  }

  destroy(): void {
    this.shot = undefined;
    this.socket.destroy();
  }

  private send(): void {
    this.shot = this.traffic.next();
    if (this.shot === undefined) {
      this.socket.destroy();
      return;
    }
    this.sentAt = performance.now();
    this.inBody = false;
    this.part = 0;
    this.offset = 0;
    this.socket.write(this.shot.request);
  }

  private read(bytes: Buffer): void {
    if (this.shot === undefined) return;
    const body = this.inBody ? bytes : this.bodyAfterHead(bytes, this.shot);
    if (body === undefined) return;
    if (!this.matches(body, this.shot.answer)) {
      const { answer, request } = this.shot;
      this.fail(
        `${request.toString().split("\r\n\r\n")[1]?.slice(0, shown) ?? ""}\n  got ${body.toString("utf8", 0, shown)}\n  instead of ${Buffer.concat(answer).toString("utf8", 0, shown)}`,
      );
    } else if (this.part === this.shot.answer.length) {
      this.traffic.answered(performance.now() - this.sentAt, this.shot.answerBytes);
      this.send();
    }
  }

  /** Undefined where the head is not complete, or not the expected one. */
  private bodyAfterHead(bytes: Buffer, { answerBytes }: Shot): Buffer | undefined {
    const received = this.head === undefined ? bytes : Buffer.concat([this.head, bytes]);
    const end = received.indexOf(headEnd);
    if (end < 0) {
      this.head = Buffer.from(received);
      return undefined;
    }
    this.head = undefined;
    const head = received.toString("latin1", 0, end + 2);
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1];
    if (!head.startsWith("HTTP/1.1 200 ") || Number(length) !== answerBytes) {
      this.fail(`expected 200 with ${answerBytes} bytes, got ${received.toString("utf8", 0, 2 * shown + head.length)}`);
      return undefined;
    }
    this.inBody = true;
    return received.subarray(end + headEnd.length);
  }

  /** Moves on in the expected answer as far as the bytes go. */
  private matches(bytes: Buffer, answer: readonly Buffer[]): boolean {
    let at = 0;
    while (at < bytes.length) {
      const expected = answer[this.part];
      if (expected === undefined) return false;
      const length = Math.min(expected.length - this.offset, bytes.length - at);
      if (bytes.compare(expected, this.offset, this.offset + length, at, at + length) !== 0) return false;
      at += length;
      this.offset += length;
      if (this.offset === expected.length) {
        this.part += 1;
        this.offset = 0;
      }
    }
    return true;
  }

  private fail(reason: string): void {
    this.destroy();
    this.traffic.failed(reason);
  }
}
