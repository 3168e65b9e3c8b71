/** Mistakes of a client, found before anything is sent to 7digital. */
import type { Caller } from "./scope.js";

export class ClientError extends Error {
  override readonly name = "ClientError";

  /** @param message What is wrong and what to send instead. It never repeats a value that was sent.
   *  @param argument Name of the argument or header at fault. */
  constructor(
    readonly code: "BAD_USER_INPUT" | "FORBIDDEN",
    message: string,
    readonly argument?: string,
  ) {
    super(message);
  }
}

export function badUserInput(argument: string, message: string): ClientError {
  return new ClientError("BAD_USER_INPUT", message, argument);
}

/** @param what The field or argument, as a client names it. @throws ClientError FORBIDDEN */
export function requireOperator({ operator }: Caller, what: string): void {
  if (operator) return;
  const message = `\`${what}\` is only for the operator's own servers. Send x-7d-operator-secret, and never from a browser.`;
  throw new ClientError("FORBIDDEN", message);
}
