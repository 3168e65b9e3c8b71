/** Cards that are being added by forms of partners'. */

import { randomUUID } from "node:crypto";
import type { CardRegistration, Registered, User } from "./model.js";

const keptRegistrations = 10_000;

export class CardRegistrations {
  private readonly registrations = new Map<string, CardRegistration>();

  start(user: User, redirectUrl: string): CardRegistration {
    const registration: CardRegistration = { id: randomUUID(), user, redirectUrl, registered: "pending" };
    this.registrations.set(registration.id, registration);
    if (this.registrations.size > keptRegistrations) this.registrations.delete(this.registrations.keys().next().value ?? "");
    return registration;
  }

  find(id: string): CardRegistration | undefined {
    return this.registrations.get(id.toLowerCase());
  }

  end(id: string, registered: Registered): void {
    const registration = this.find(id);
    if (registration !== undefined) this.registrations.set(registration.id, { ...registration, registered });
  }

  seed(): void {
    this.registrations.clear();
  }
}
