/** Admits or rejects a request before its body is read: it reads the caller from the headers and applies the rate limits. */
import type { ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import { ClientError } from "../shared/client-error.js";
import type { Caller } from "../shared/scope.js";
import { anonymous, type Header, type ReadCaller } from "../operation/caller.js";
import type { Rejection } from "./responses.js";
import { isTrusted, networkOf, type Counted, type RateLimits } from "../operation/rate-limits.js";

const tooManyAtOnce: Rejection = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many requests at once. Wait for a response, then retry.",
  retryAfterSeconds: 1,
};

interface GateOptions {
  readonly readCaller: ReadCaller;
  readonly rateLimits: RateLimits;
  /** Concurrent requests of one client; 0 for no bound. */
  readonly mostAtOnce: number;
}

interface Admitted {
  /** Or why the credentials are not accepted. */
  readonly caller: Caller | ClientError | GraphQLError;
  /** Called when the operation is executed. A request that ends without is counted as rejected. */
  executed(): void;
}

/** @param address IP address of the client.
 *  @param response The request counts as under way until this is closed. */
export type Gate = (address: string, header: Header, response: ServerResponse) => Promise<Admitted | Rejection>;

export function createGate({ readCaller, rateLimits, mostAtOnce }: GateOptions): Gate {
  const underWay = new Map<string, number>();

  function hold(client: string, response: ServerResponse): void {
    underWay.set(client, (underWay.get(client) ?? 0) + 1);
    response.once("close", () => {
      const left = (underWay.get(client) ?? 1) - 1;
      if (left === 0) underWay.delete(client);
      else underWay.set(client, left);
    });
  }

  return async (address, header, response) => {
    const caller = await callerOf(readCaller, header);
    // Invalid credentials are counted like none.
    const counted = { ...(caller instanceof Error ? anonymous : caller), address };
    if (mostAtOnce > 0 && !isTrusted(counted)) {
      const client = networkOf(address);
      if ((underWay.get(client) ?? 0) >= mostAtOnce) return tooManyAtOnce;
      hold(client, response);
    }
    const excess = findExcess(rateLimits, counted);
    if (excess !== undefined) return excess;
    let wasExecuted = false;
    response.once("close", () => {
      if (!wasExecuted) rateLimits.countRejected(counted);
    });
    return {
      caller,
      executed() {
        wasExecuted = true;
      },
    };
  };
}

function findExcess(rateLimits: RateLimits, counted: Counted): Rejection | undefined {
  const retryAfterSeconds = rateLimits.admitOperation(counted);
  if (retryAfterSeconds === undefined) return undefined;
  const message = `Too many requests. Retry after ${String(retryAfterSeconds)} seconds, or sign in.`;
  return { status: 429, code: "RATE_LIMITED", message, retryAfterSeconds };
}

async function callerOf(readCaller: ReadCaller, header: Header): Promise<Caller | ClientError | GraphQLError> {
  try {
    return await readCaller(header);
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof ClientError) return error;
    throw error;
  }
}
