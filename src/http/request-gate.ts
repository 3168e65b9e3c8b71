/** Admits or rejects a request before its body is read: it reads the caller from the headers and applies the rate limits. */
import { GraphQLError } from "graphql";
import { anonymous, type ReadCaller } from "../operation/caller.js";
import { isTrusted, networkOf, type RateLimits } from "../operation/rate-limits.js";
import type { Header, RequestFacts, Sender } from "../operation/request.js";
import { ClientError } from "../shared/client-error.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { ClientCounts } from "./client-counts.js";
import type { Rejection } from "./responses.js";

const tooManyAtOnce: Rejection = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many requests at once. Wait for a response, then retry.",
  retryAfterSeconds: 1,
};

interface GateOptions {
  readonly readSender: (header: Header) => Sender;
  readonly readCaller: ReadCaller;
  readonly rateLimits: RateLimits;
  /** Concurrent requests of one client; 0 for no bound. */
  readonly mostAtOnce: number;
}

/** A request that ends without being executed is counted as rejected. */
type GateFacts = Pick<RequestFacts, "sender" | "caller" | "executed">;

/** A response of Node's, or what stands for one. */
interface Ending {
  once(event: "close", notify: () => void): unknown;
}

/** @param address IP address of the client, where it is known.
 *  @param response The request counts as under way until this is closed. */
export type Gate = (address: string | undefined, header: Header, response: Ending) => MaybePromise<GateFacts | Rejection>;

export function createGate({ readSender, readCaller, rateLimits, mostAtOnce }: GateOptions): Gate {
  const underWay = new ClientCounts();

  function pass(
    address: string | undefined,
    response: Ending,
    { sender, caller }: Pick<GateFacts, "sender" | "caller">,
  ): GateFacts | Rejection {
    // Invalid credentials are counted like none.
    const counted = { ...(caller instanceof Error ? anonymous : caller), address };
    if (mostAtOnce > 0 && address !== undefined && !isTrusted(counted)) {
      const client = networkOf(address);
      if (underWay.of(client) >= mostAtOnce) return tooManyAtOnce;
      underWay.add(client);
      response.once("close", () => {
        underWay.remove(client);
      });
    }
    const retryAfterSeconds = rateLimits.admitOperation(counted);
    if (retryAfterSeconds !== undefined) return tooManyAMinute(retryAfterSeconds);
    let wasExecuted = false;
    response.once("close", () => {
      if (!wasExecuted) rateLimits.countRejected(counted);
    });
    return {
      sender,
      caller,
      executed() {
        wasExecuted = true;
      },
    };
  }

  return (address, header, response) => {
    const sender = readSender(header);
    return andThen(callerOf(readCaller, header, sender), (caller) => pass(address, response, { sender, caller }));
  };
}

function tooManyAMinute(retryAfterSeconds: number): Rejection {
  const message = `Too many requests. Retry after ${String(retryAfterSeconds)} seconds, or sign in.`;
  return { status: 429, code: "RATE_LIMITED", message, retryAfterSeconds };
}

function callerOf(readCaller: ReadCaller, header: Header, sender: Sender): MaybePromise<RequestFacts["caller"]> {
  try {
    const caller = readCaller(header, sender);
    return caller instanceof Promise ? caller.catch(notAccepted) : caller;
  } catch (error) {
    return notAccepted(error);
  }
}

function notAccepted(error: unknown): GraphQLError | ClientError {
  if (error instanceof GraphQLError || error instanceof ClientError) return error;
  throw error;
}
