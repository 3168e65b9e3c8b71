/** Signed links to media: good for an hour and as often as a player asks in that time, but one download and no more. */

import type { Uses } from "../../oauth-check.js";
import type { Delivery } from "./delivery.js";

const keptLinks = 20_000;

export class MediaLinks implements Uses {
  readonly acceptedSkewSeconds = 3600;
  readonly #signatures = new Map<string, string>();
  /** What a link was good for when it was used first, by signature. */
  readonly #delivered = new Map<string, Delivery>();

  /** The same link may come again, another one with its nonce may not. */
  use(nonce: string, signature: string): boolean {
    const known = this.#signatures.get(nonce);
    if (known === undefined) keep(this.#signatures, nonce, signature);
    return known === undefined || known === signature;
  }

  delivered(signature: string): Delivery | undefined {
    return this.#delivered.get(signature);
  }

  remember(signature: string, delivery: Delivery): void {
    keep(this.#delivered, signature, delivery);
  }

  clear(): void {
    this.#signatures.clear();
    this.#delivered.clear();
  }
}

/** Forgets the oldest first: by then they are usually out of time. */
function keep<T>(memory: Map<string, T>, key: string, value: T): void {
  memory.set(key, value);
  if (memory.size > keptLinks) memory.delete(memory.keys().next().value ?? "");
}
