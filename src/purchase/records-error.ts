/** What a client learns where it asks for a record while records cannot be read. */
import { KnownFailure } from "../shared/known-failure.js";
import { RecordsUnavailable } from "./attempt-store.js";

const advice = "The records of purchases cannot be read at the moment. Try again soon, and do not buy with another key meanwhile.";

/** The error as clients may see it. Any other stays as it is. */
export function presentableError(error: unknown): unknown {
  return error instanceof RecordsUnavailable ? new KnownFailure("RECORDS_UNAVAILABLE", advice) : error;
}

export function readable<T>(read: Promise<T>): Promise<T> {
  return read.catch((error: unknown) => {
    throw presentableError(error);
  });
}
