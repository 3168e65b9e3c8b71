/** Mistakes of a client, found before anything is sent to 7digital. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code = "BAD_USER_INPUT";

  /** @param message What is wrong and what to send instead. It never repeats a value that was sent.
   *  @param argument Name of the argument or header at fault. */
  constructor(
    message: string,
    readonly argument: string,
  ) {
    super(message);
  }
}

export function badUserInput(argument: string, message: string): ClientError {
  return new ClientError(message, argument);
}
