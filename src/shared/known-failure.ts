/** A failure of ours whose cause is known, and that passes. Clients see its code and its message. */
import type { ErrorCode } from "./error-codes.js";

export class KnownFailure extends Error {
  override readonly name = "KnownFailure";

  /** @param message What a client should do. */
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}
