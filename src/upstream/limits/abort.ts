/** Calls are cancelled by an AbortSignal, which outlives them: so each takes its listeners off. `AbortSignal.any` leaks on Node 20. */

/** Makes a signal on first use: making one costs as much as the rest of a call's way through the layers. */
export interface SignalSource {
  readonly signal: AbortSignal;
}

/** The reason of a signal whose call took too long. */
export const deadlineExceeded = new DOMException("The deadline of the call passed.", "TimeoutError");

/** A call that was stopped because nothing waits for its answer. It says nothing about 7digital. */
export class CallAborted extends Error {
  override readonly name = "CallAborted";

  constructor(
    method: string,
    /** Proven that not a byte of the request was sent. */
    readonly notSent: boolean,
  ) {
    super(`${method} was aborted: nothing waits for its answer.`);
  }
}

/** Calls back when the signal is aborted; at once if it is. @returns takes the listener off. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  if (signal.aborted) listener();
  else signal.addEventListener("abort", listener);
  return () => {
    signal.removeEventListener("abort", listener);
  };
}

/** The same answer; rejects with the signal's reason if the signal is aborted before it comes. */
export function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is whatever the signal was aborted with
      reject(signal.reason);
    });
    answer.then(resolve, reject).finally(stopListening);
  });
}
