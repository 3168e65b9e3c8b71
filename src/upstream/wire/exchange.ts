/** One HTTP request and its response. Status and headers count even if the body cannot be read. Errors hold no URL. */
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { BodyError, readBody, tooLarge, type Body } from "./body-text.js";
import { ByteCollector } from "./byte-collector.js";
import { CallAborted, deadlineExceeded, onAbort, type Signal } from "../limits/abort.js";
import { UpstreamError } from "../errors.js";
import type { Header, WireAnswer } from "../pipeline.js";
import { networkError } from "./network-errors.js";

/** Enough to see why a request was rejected. */
const mostOfFaulty = 1000;

const brokenOff = new BodyError("a body that broke off", true);

/** The first event that ends it settles it; later events are ignored. */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private httpStatus = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly body: ByteCollector;
  private settled = false;
  private stopListening: (() => void) | undefined;
  /** From here on something may have been sent. */
  private started = false;

  constructor(
    private readonly method: string,
    private readonly maxBytes: number,
    private readonly resolve: (answer: WireAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.body = new ByteCollector(maxBytes);
  }

  abortBy(signal: Signal): void {
    this.stopListening = onAbort(signal, () => {
      const { method, started } = this;
      if (signal.reason !== deadlineExceeded) this.fail(new CallAborted(method, !started));
      else if (this.hasFailed) this.finish(brokenOff);
      else this.fail(new UpstreamError("UPSTREAM_TIMEOUT", `7digital did not answer ${method} in time.`, { method, notSent: !started }));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Aborted here, the request is dropped before its first byte.
    if (!this.settled) this.started = true;
    else controller.abort(new Error("The call has ended."));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, httpStatus: number, headers: IncomingHttpHeaders): void {
    this.httpStatus = httpStatus;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.settled && !this.body.add(chunk)) this.finish(tooLarge());
  }

  onResponseEnd(): void {
    this.finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.hasFailed) this.finish(brokenOff);
    else this.fail(networkError(this.method, error, !this.started));
  }

  /** The status alone says that the call failed. */
  private get hasFailed(): boolean {
    return this.httpStatus >= 400;
  }

  private readonly header: Header = (name) => {
    const value = this.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  };

  private bodyOf(received: Buffer): Body {
    if (this.httpStatus >= 300 && this.httpStatus < 400) throw new BodyError(`a redirect (${String(this.httpStatus)})`);
    return readBody(received, {
      contentEncoding: this.header("content-encoding"),
      contentType: this.header("content-type"),
      maxBytes: this.maxBytes,
    });
  }

  private finish(fault?: BodyError): void {
    if (this.settled) return;
    this.end();
    try {
      this.resolve(this.answer(fault));
    } catch (error) {
      this.reject(error);
    }
    if (fault !== undefined) this.abort();
  }

  private answer(found: BodyError | undefined): WireAnswer {
    const { httpStatus, header } = this;
    // 204 and 205 end with their headers.
    const isFramed =
      httpStatus === 204 ||
      httpStatus === 205 ||
      header("content-length") !== undefined ||
      /\bchunked\b/i.test(header("transfer-encoding") ?? "");
    const endsWithConnection = !isFramed || found === brokenOff;
    const received = this.body.bytes();
    try {
      if (found !== undefined) throw found;
      return { httpStatus, header, endsWithConnection, received, body: this.bodyOf(received), fault: undefined };
    } catch (fault) {
      if (!(fault instanceof BodyError)) throw fault;
      return { httpStatus, header, endsWithConnection, received, body: received.toString("latin1", 0, mostOfFaulty), fault };
    }
  }

  private fail(error: unknown): void {
    if (this.settled) return;
    this.end();
    this.reject(error);
    this.abort();
  }

  private abort(): void {
    this.controller?.abort(new Error("The rest of the response is not needed."));
  }

  private end(): void {
    this.settled = true;
    this.stopListening?.();
  }
}
