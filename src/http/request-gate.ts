/** Admits or rejects a request before its body is read: it reads the caller from the headers and applies the rate limits. */
import { GraphQLError } from "graphql";
import { anonymous, type ReadCaller } from "../operation/caller.js";
import { isTrusted, networkOf, type RateLimits } from "../operation/rate-limits.js";
import type { Header, RequestFacts, Sender } from "../operation/request.js";
import { ClientError } from "../shared/client-error.js";
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
export type Gate = (address: string | undefined, header: Header, response: Ending) => Promise<GateFacts | Rejection>;

export function createGate({ readSender, readCaller, rateLimits, mostAtOnce }: GateOptions): Gate {
  const underWay = new ClientCounts();

  return async (address, header, response) => {
    const sender = readSender(header);
    const caller = await callerOf(readCaller, header, sender);
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
  };
}

function tooManyAMinute(retryAfterSeconds: number): Rejection {
  const message = `Too many requests. Retry after ${String(retryAfterSeconds)} seconds, or sign in.`;
  return { status: 429, code: "RATE_LIMITED", message, retryAfterSeconds };
}

async function callerOf(readCaller: ReadCaller, header: Header, sender: Sender): Promise<RequestFacts["caller"]> {
  try {
    return await readCaller(header, sender);
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof ClientError) return error;
    throw error;
  }
}
