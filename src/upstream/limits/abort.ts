/** How calls are cancelled. An AbortSignal costs as much as the rest of a call's way through the layers, so a call has an `Ending` instead. */

/** Tells when something ends early. An AbortSignal is one, too. It may outlive the calls that listen to it: so each takes its listeners off. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Makes a signal on first use. */
export interface SignalSource {
  readonly signal: Signal;
}

/** Ends once, and then calls its listeners in their order. They must not throw. */
export class Ending implements Signal, SignalSource {
  aborted = false;
  reason: unknown;
  private listeners: Set<() => void> | undefined;

  get signal(): Signal {
    return this;
  }

  abort(reason?: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.listeners ?? []) listener();
    this.listeners = undefined;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    if (!this.aborted) (this.listeners ??= new Set()).add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.listeners?.delete(listener);
  }
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
export function onAbort(signal: Signal, listener: () => void): () => void {
  if (signal.aborted) listener();
  else signal.addEventListener("abort", listener);
  return () => {
    signal.removeEventListener("abort", listener);
  };
}

/** The same answer; rejects with the signal's reason if the signal is aborted before it comes. */
export function untilAborted<T>(answer: Promise<T>, signal: Signal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is whatever the signal was aborted with
      reject(signal.reason);
    });
    void answer.then(resolve, reject).then(stopListening);
  });
}
