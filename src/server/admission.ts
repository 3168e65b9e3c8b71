/** Decides whether a request may go on before anything of its body is read: who sends it is found out first, and whoever is over a limit is
 *  refused without a parser having seen a byte. */
import type { ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import type { Caller } from "../graph/context.js";
import { nobody, type Header, type ReadCaller } from "./credentials.js";
import type { Refusal } from "./answers.js";
import { isTrusted, networkOf, type Counted, type Rates } from "./rates.js";

const tooManyAtOnce: Refusal = {
  status: 429,
  code: "RATE_LIMITED",
  message: "Too many requests of yours are under way: wait for their answers.",
  retryAfterSeconds: 1,
};

interface AdmissionOptions {
  readonly readCaller: ReadCaller;
  readonly rates: Rates;
  /** Requests under way of one client; 0 for no bound. */
  readonly mostAtOnce: number;
}

interface Admitted {
  readonly caller: Caller | GraphQLError;
  /** Called when its operation is executed. What ends without is counted as rejected. */
  executed(): void;
}

/** @param address Where the request comes from.
 *  @param response What it is held by until it is closed. */
export type Admit = (address: string, header: Header, response: ServerResponse) => Promise<Admitted | Refusal>;

export function createAdmission({ readCaller, rates, mostAtOnce }: AdmissionOptions): Admit {
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
    // A credential that is not accepted excuses nobody.
    const counted = { ...(caller instanceof GraphQLError ? nobody : caller), address };
    if (mostAtOnce > 0 && !isTrusted(counted)) {
      const client = networkOf(address);
      if ((underWay.get(client) ?? 0) >= mostAtOnce) return tooManyAtOnce;
      hold(client, response);
    }
    const excess = excessOf(rates, counted);
    if (excess !== undefined) return excess;
    let wasExecuted = false;
    response.once("close", () => {
      if (!wasExecuted) rates.countRejected(counted);
    });
    return {
      caller,
      executed() {
        wasExecuted = true;
      },
    };
  };
}

function excessOf(rates: Rates, counted: Counted): Refusal | undefined {
  try {
    rates.admitOperation(counted);
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { status: 429, code: "RATE_LIMITED", message: error.message, retryAfterSeconds: Number(error.extensions["retryAfterSeconds"]) };
  }
}

async function callerOf(readCaller: ReadCaller, header: Header): Promise<Caller | GraphQLError> {
  try {
    return await readCaller(header);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
