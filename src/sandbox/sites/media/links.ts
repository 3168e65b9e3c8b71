/** Signed links to media: good for an hour and as often as a player asks in that time, but one download and no more. */

import type { Uses } from "../../oauth/signature-check.js";
import type { Delivery } from "./delivery.js";

const keptLinks = 20_000;

export class MediaLinks implements Uses {
  readonly acceptedSkewSeconds = 3600;
  private readonly signatures = new Map<string, string>();
  /** What a link was good for when it was used first, by signature. */
  private readonly deliveredLinks = new Map<string, Delivery>();

  /** The same link may come again, another one with its nonce may not. */
  use(nonce: string, signature: string): boolean {
    const known = this.signatures.get(nonce);
    if (known === undefined) keep(this.signatures, nonce, signature);
    return known === undefined || known === signature;
  }

  delivered(signature: string): Delivery | undefined {
    return this.deliveredLinks.get(signature);
  }

  remember(signature: string, delivery: Delivery): void {
    keep(this.deliveredLinks, signature, delivery);
  }

  clear(): void {
    this.signatures.clear();
    this.deliveredLinks.clear();
  }
}

/** Forgets the oldest first: by then they are usually out of time. */
function keep<T>(memory: Map<string, T>, key: string, value: T): void {
  memory.set(key, value);
  if (memory.size > keptLinks) memory.delete(memory.keys().next().value ?? "");
}
