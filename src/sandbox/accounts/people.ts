/** Who has an account, and what they sign in with. Neither two addresses nor two identifiers of partners are ever the same. */

import { ApiError } from "../api/errors.js";
import type { User } from "./model.js";
import type { SeededUser } from "./seed.js";

const firstNewId = 1_000_101;

export class People {
  private readonly users = new Map<number, User>();
  private readonly byAddress = new Map<string, { readonly user: User; readonly password: string }>();
  private readonly byPartnerId = new Map<string, User>();
  private nextId = firstNewId;

  user(id: number): User | undefined {
    return this.users.get(id);
  }

  userOfPartner(partnerUserId: string): User | undefined {
    return this.byPartnerId.get(partnerUserId);
  }

  signIn(emailAddress: string, password: string): User | undefined {
    const found = this.byAddress.get(emailAddress.trim().toLowerCase());
    return found?.password === password ? found.user : undefined;
  }

  signUp(emailAddress: string, password: string): User {
    if (this.byAddress.has(emailAddress.toLowerCase())) throw new ApiError(2003, "User with given email address already exists");
    const user = { id: this.nextId++, emailAddress, partnerUserId: null, earlyAccount: false };
    this.add(user, password);
    return user;
  }

  createPartnerUser(partnerUserId: string, emailAddress: string | null): User {
    if (this.byPartnerId.has(partnerUserId)) throw new ApiError(2003, "User with given userId already exists");
    const user = { id: this.nextId++, emailAddress: emailAddress ?? "", partnerUserId, earlyAccount: false };
    this.add(user, null);
    return user;
  }

  usersAt(emailAddress: string): readonly User[] {
    return [...this.users.values()].filter((user) => user.emailAddress.toLowerCase() === emailAddress.trim().toLowerCase());
  }

  /** Tokens and cards belong to the user's id, and so to the user as changed. */
  update(
    { id }: User,
    { emailAddress, password }: { readonly emailAddress: string | undefined; readonly password: string | undefined },
  ): User {
    const user = this.users.get(id);
    if (user === undefined) throw new ApiError(2001, "User not found");
    const known = this.byAddress.get(user.emailAddress.toLowerCase());
    const other = emailAddress === undefined ? undefined : this.byAddress.get(emailAddress.toLowerCase());
    if (other !== undefined && other.user.id !== id) throw new ApiError(2003, "User with given email address already exists");
    this.byAddress.delete(user.emailAddress.toLowerCase());
    const changed = { ...user, emailAddress: emailAddress ?? user.emailAddress };
    this.add(changed, password ?? known?.password ?? null);
    return changed;
  }

  /** Without a password, sign-in is impossible: partners authenticate their users themselves. */
  add(user: User, password: string | null): void {
    this.users.set(user.id, user);
    if (password !== null) this.byAddress.set(user.emailAddress.toLowerCase(), { user, password });
    if (user.partnerUserId !== null) this.byPartnerId.set(user.partnerUserId, user);
  }

  seed(users: readonly SeededUser[]): void {
    for (const people of [this.users, this.byAddress, this.byPartnerId]) people.clear();
    this.nextId = firstNewId;
    for (const { user, password } of users) this.add(user, password);
  }
}
