/** One HTTP request under way and the answer that comes of it. A body that can not be read is a fault of the answer, whose status and headers
 *  still count; where there is no answer, it turns whatever went wrong into an UpstreamError that tells no URL. */
import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { BodyError, bodyText, tooLarge } from "./body-text.js";
import { ByteCollector } from "./byte-collector.js";
import { GivenUp, type Deadline } from "./deadline.js";
import { UpstreamError } from "./errors.js";
import type { Header, WireAnswer } from "./pipeline.js";
import { sentNothingBack } from "./wire-faults.js";

/** Enough to see what a refusal is about. */
const mostOfFaulty = 1000;

const brokenOff = new BodyError("a body that broke off", true);

interface Settle {
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One request under way. Whatever happens first settles it; what happens after is of no interest. */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private httpStatus = 0;
  private headers: IncomingHttpHeaders = {};
  private readonly body: ByteCollector;
  private settled = false;
  private deadline: Deadline | undefined;
  /** From here on nobody can say that nothing was sent. */
  private started = false;

  constructor(
    private readonly method: string,
    private readonly maxBytes: number,
    private readonly settle: Settle,
  ) {
    this.body = new ByteCollector(maxBytes);
  }

  boundBy(deadline: Deadline | undefined): void {
    this.deadline = deadline;
    deadline?.watch((over) => {
      const { method, started } = this;
      if (over === "givenUp") this.fail(new GivenUp(method, !started));
      else if (this.hasFailed) this.finish(brokenOff);
      else this.fail(new UpstreamError("UPSTREAM_TIMEOUT", `7digital did not answer ${method} in time.`, { method, notSent: !started }));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // Aborted here, the request is dropped before its first byte.
    if (!this.settled) this.started = true;
    else controller.abort(new Error("nobody waits for the answer"));
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
    else this.fail(sentNothingBack(this.method, error, !this.started));
  }

  /** The status alone says how the call ended. */
  private get hasFailed(): boolean {
    return this.httpStatus >= 400;
  }

  private readonly header: Header = (name) => {
    const told = this.headers[name];
    return Array.isArray(told) ? told.join(", ") : told;
  };

  private text(): string {
    if (this.httpStatus >= 300 && this.httpStatus < 400) throw new BodyError(`a redirect (${String(this.httpStatus)})`);
    return bodyText(this.body.bytes(), {
      contentEncoding: this.header("content-encoding"),
      contentType: this.header("content-type"),
      maxBytes: this.maxBytes,
    });
  }

  private finish(fault?: BodyError): void {
    if (this.settled) return;
    this.end();
    try {
      this.settle.resolve(this.answer(fault));
    } catch (error) {
      this.settle.reject(error);
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
    const common = { httpStatus, header, endsWithConnection: !isFramed || found === brokenOff };
    try {
      if (found !== undefined) throw found;
      return { ...common, body: this.text(), fault: undefined };
    } catch (fault) {
      if (!(fault instanceof BodyError)) throw fault;
      return { ...common, body: this.body.bytes().toString("latin1", 0, mostOfFaulty), fault };
    }
  }

  private fail(error: unknown): void {
    if (this.settled) return;
    this.end();
    this.settle.reject(error);
    this.abort();
  }

  private abort(): void {
    this.controller?.abort(new Error("the rest of the answer is of no use"));
  }

  private end(): void {
    this.settled = true;
    this.deadline?.unwatch();
  }
}
