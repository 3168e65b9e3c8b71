/** Who may stream, and until when. */

import type { Subscription, User } from "./model.js";
import type { SeededUser } from "./seed.js";

export class Subscriptions {
  /** By user. */
  private readonly subscriptions = new Map<number, Subscription>();

  of(user: User): Subscription | undefined {
    return this.subscriptions.get(user.id);
  }

  set(user: User, subscription: Subscription): void {
    this.subscriptions.set(user.id, subscription);
  }

  seed(users: readonly SeededUser[]): void {
    this.subscriptions.clear();
    for (const { user, subscription } of users) if (subscription !== undefined) this.set(user, subscription);
  }
}
