/** Admits or rejects a request before its body is read: it reads the caller from the headers and applies the rate limits. */
import { GraphQLError } from "graphql";
import { anonymous, type ReadCaller } from "../operation/caller.js";
import { isTrusted, networkOf, type Counted, type RateLimits } from "../operation/rate-limits.js";
import type { Header, RequestFacts, Sender } from "../operation/request.js";
import { ClientError } from "../shared/client-error.js";
import type { ClientCounts } from "../shared/client-counts.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
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
  /** Counts them. */
  readonly underWay: ClientCounts;
}

/** A request that ends without being executed is counted as rejected. */
export type Admitted = Pick<RequestFacts, "sender" | "caller" | "executed">;

/** A response of Node's, or what stands for one. */
interface Ending {
  on(event: "close", notify: () => void): unknown;
}

/** @param address IP address of the client, where it is known.
 *  @param response The request counts as under way until this is closed. */
export type Gate = (address: string | undefined, header: Header, response: Ending) => MaybePromise<Admitted | Rejection>;

export function createGate({ readSender, readCaller, rateLimits, mostAtOnce, underWay }: GateOptions): Gate {
  function pass(
    address: string | undefined,
    response: Ending,
    sender: Sender,
    caller: Admitted["caller"],
  ): MaybePromise<Admitted | Rejection> {
    // Invalid credentials are counted like none.
    const { user, operator, gateway } = caller instanceof Error ? anonymous : caller;
    const counted: Counted = { user, operator, gateway, address };
    const client = mostAtOnce > 0 && address !== undefined && !isTrusted(counted) ? networkOf(address) : undefined;
    if (client !== undefined) {
      if (underWay.of(client) >= mostAtOnce) return tooManyAtOnce;
      underWay.add(client);
    }
    // What is not admitted is counted already.
    let isCounted = true;
    response.on("close", () => {
      if (client !== undefined) underWay.remove(client);
      if (!isCounted) rateLimits.countRejected(counted);
    });
    return andThen(rateLimits.admitOperation(counted), (retryAfterSeconds): Admitted | Rejection => {
      if (retryAfterSeconds !== undefined) return tooManyAMinute(retryAfterSeconds);
      isCounted = false;
      return {
        sender,
        caller,
        executed() {
          isCounted = true;
        },
      };
    });
  }

  return (address, header, response) => {
    const sender = readSender(header);
    return andThen(callerOf(readCaller, header, sender), (caller) => pass(address, response, sender, caller));
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
