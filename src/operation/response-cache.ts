/** Keeps whole responses to queries that read public data only, as bytes. A response ends with the first of its parts that is no longer fresh, is
 *  replaced or is evicted. docs/decisions/0042 says what may be kept and why. */
import { hash } from "node:crypto";
import { OperationTypeNode, print, type DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { SeenBefore } from "../shared/seen-before.js";
import { CachedAnswers } from "../upstream/cache/cache.js";
import type { Client } from "../upstream/client.js";
import type { Running } from "./begin.js";
import { cacheControlOf, contentHeaders, isForEveryone, type CacheControlOptions } from "./cache-control.js";
import type { Metered } from "./observation.js";
import type { Prepared } from "./prepare.js";
import { hashNamedIn } from "./persisted-operations.js";
import type { KeptResponse, OperationParameters, OperationResponse, RequestFacts, ResponseKey } from "./request.js";

export interface ResponseCacheOptions extends CacheControlOptions {
  readonly client: Pick<Client, "holds">;
  /** Memory for responses, in bytes; 0 keeps none. */
  readonly responseCacheBytes: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A kept response, and what telemetry says of it. */
export interface Recalled {
  readonly response: KeptResponse;
  readonly operationName: string | undefined;
  readonly metered: Metered;
}

interface Kept extends Pick<Recalled, "operationName" | "metered"> {
  readonly body: Buffer;
  readonly contentType: string;
  /** Epoch milliseconds. */
  readonly goodUntilMs: number;
  readonly answers: CachedAnswers;
}

/** Besides body and key: the objects, and the place in the list. */
const entryBytes = 800;
/** For an answer that a response is made of. */
const answerBytes = 150;

export class ResponseCache {
  private readonly kept: LRUCache<string, Kept>;
  private readonly seen = new SeenBefore();

  constructor(private readonly options: ResponseCacheOptions) {
    this.kept = new LRUCache({
      maxSize: Math.max(1, options.responseCacheBytes),
      sizeCalculation: ({ body, answers }, key) => entryBytes + key.length + body.length + answers.size * answerBytes,
    });
  }

  find(key: string): Recalled | undefined {
    const kept = this.kept.get(key);
    if (kept === undefined) return undefined;
    const { client, now } = this.options;
    const nowMs = now();
    if (nowMs < kept.goodUntilMs && client.holds(kept.answers)) return this.recalled(kept, nowMs);
    this.kept.delete(key);
    return undefined;
  }

  /** The response to an operation that was sent in another form. It is found by this form as well from now on. */
  findOperation({ ofOperation, ofRequest, operationName }: ResponseKeys): Recalled | undefined {
    const found = this.find(ofOperation);
    const kept = found && this.kept.get(ofOperation);
    if (kept !== undefined && ofRequest !== undefined) this.kept.set(ofRequest, { ...kept, operationName });
    return found;
  }

  /** Keeps a response, if it may be kept and its operation was run before. @returns The response, with its bytes where it is kept. */
  keep(keys: ResponseKeys, response: OperationResponse, running: Running): OperationResponse {
    if (this.options.responseCacheBytes === 0) return response;
    const { meter } = running;
    const wasSeen = this.seen.note(keys.ofOperation);
    const isWhole = response.status === 200 && response.codes.length === 0 && response.stream === undefined;
    const isGood = meter.isFromMemory && meter.goodUntilMs > this.options.now();
    if (!wasSeen || !isWhole || !isGood || !isForEveryone(running)) return response;
    // A buffer of its own: small ones share a block of 8 KiB, which would be kept whole.
    const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(response.body));
    bytes.write(response.body);
    const kept: Kept = {
      body: bytes,
      contentType: response.headers["Content-Type"] ?? "",
      goodUntilMs: meter.goodUntilMs,
      answers: new CachedAnswers(meter.answers),
      operationName: keys.operationName,
      metered: { abandoned: false, sentCalls: 0, staleAnswers: 0, joinedCalls: 0, freshAnswers: meter.freshAnswers },
    };
    this.kept.set(keys.ofOperation, kept);
    if (keys.ofRequest !== undefined) this.kept.set(keys.ofRequest, kept);
    return { ...response, bytes };
  }

  private recalled({ body, contentType, goodUntilMs, operationName, metered }: Kept, nowMs: number): Recalled {
    const headers = contentHeaders(contentType, cacheControlOf(goodUntilMs, this.options, nowMs));
    return { response: { status: 200, headers, body, codes: noCodes }, operationName, metered };
  }
}

const noCodes: readonly string[] = [];

/** By which the response to an operation is kept. */
export interface ResponseKeys {
  readonly ofOperation: string;
  /** Undefined where the request does more than ask: it registers a document. */
  readonly ofRequest: string | undefined;
  /** For telemetry. */
  readonly operationName: string | undefined;
}

/** Undefined where the response may not be kept. */
export function responseKeys(request: RequestFacts, parameters: OperationParameters, prepared: Prepared): ResponseKeys | undefined {
  const { cacheKey } = request;
  const { operation } = prepared;
  if (cacheKey === undefined || operation.operation !== OperationTypeNode.QUERY) return undefined;
  const { query } = parameters;
  // Clients send null for none.
  const operationName = parameters.operationName ?? operation.name?.value;
  const registers = Boolean(query) && hashNamedIn(parameters) !== undefined;
  return {
    ofOperation: keyOfOperation(cacheKey, prepared),
    ofRequest: registers ? undefined : keyOfRequest(cacheKey),
    operationName: typeof operationName === "string" ? operationName : undefined,
  };
}

/** Of exactly what was sent. */
export function keyOfRequest({ variant, sent }: ResponseKey): string {
  return `${variant} ${sent}`;
}

const textOf = memoizePerObject((document: DocumentNode) => print(document));

/** Of the operation, however it was written and sent. */
function keyOfOperation({ variant }: ResponseKey, { document, inParts, operation, variables }: Prepared): string {
  const name = operation.name?.value ?? "";
  return `${variant} operation ${hash("sha256", `${name}\n${JSON.stringify(variables)}\n${textOf(inParts ?? document)}`, "base64")}`;
}
