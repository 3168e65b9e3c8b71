/** Who the sandbox knows and what belongs to them: the seam between the state and those who read and change it, which are the methods of
 *  the API, the account pages and the media hosts. Everything is held in memory and gone after a reset. */

import type { Store } from "../model.js";

export interface User {
  /** 7digital's own id. */
  readonly id: number;
  readonly emailAddress: string;
  /** The partner's own identifier, of users that a partner manages. */
  readonly partnerUserId: string | null;
  /** The locker has the earlier shape, without usable purchase ids, as those of early accounts were. */
  readonly earlyAccount: boolean;
}

/** Token and secret, of a request token or of an access token. */
export interface OAuthToken {
  readonly token: string;
  readonly secret: string;
}

export interface RequestToken extends OAuthToken {
  readonly clientIdentifier: string | null;
  /** Who authorised it; null until somebody did. */
  readonly user: User | null;
}

/** What happens when it is charged. */
/** Codes that 7digital's C# client names, beyond those of the API document. */
export type PaymentRefusal = 3005 | 3100 | 3101 | 3102 | 3104;

/** A code is that of the refusal of every payment with the card. */
export type CardKind = "good" | "expired" | "declined" | PaymentRefusal;

export interface Card {
  readonly id: number;
  /** "Visa" and the like. */
  readonly type: string;
  readonly lastFourDigits: string;
  readonly cardHolderName: string;
  /** YYYYMM */
  readonly expiryDate: string;
  readonly kind: CardKind;
  readonly isDefault: boolean;
  /** A declined payment takes a card out of use, as 7digital does. */
  readonly active: boolean;
}

export type NewCard = Pick<Card, "type" | "lastFourDigits" | "cardHolderName" | "expiryDate" | "kind">;

/** What became of a card that a user is adding by a form of the partner's. */
export type Registered = Card | { readonly code: 1002 | 3103; readonly message: string } | "pending";

export interface CardRegistration {
  /** A GUID. */
  readonly id: string;
  readonly user: User;
  readonly redirectUrl: string;
  readonly registered: Registered;
}

/** To streaming. */
export interface Subscription {
  readonly level: string;
  /** Epoch ms. */
  readonly expiresAtMs: number;
}

/** One track somebody owns. */
export interface LockerItem {
  readonly releaseId: number;
  readonly trackId: number;
  readonly purchaseId: number;
  /** Epoch ms. */
  readonly purchasedAtMs: number;
  readonly store: Store;
  readonly wholeRelease: boolean;
  readonly remainingDownloads: number;
}

/** People, their tokens, cards and lockers. */
export interface Accounts {
  user(id: number): User | undefined;
  userOfPartner(partnerUserId: string): User | undefined;
  /** Undefined where name and password do not belong together. */
  signIn(emailAddress: string, password: string): User | undefined;
  /** Throws ApiError 2003 where the address is taken. */
  signUp(emailAddress: string, password: string): User;
  /** Throws ApiError 2003 where the identifier is taken. */
  createPartnerUser(partnerUserId: string, emailAddress: string | null): User;

  /** With the address, in any case. */
  usersAt(emailAddress: string): readonly User[];
  /** What is undefined stays as it is. Throws ApiError 2003 where the address is another user's. */
  updateUser(user: User, change: { readonly emailAddress: string | undefined; readonly password: string | undefined }): User;

  issueRequestToken(clientIdentifier: string | null): RequestToken;
  requestToken(token: string): RequestToken | undefined;
  authorise(token: string, user: User): void;
  /** Spends an authorised request token. Undefined if there is none, or it is not authorised. The fourth access token of the same
   *  user and client identifier ends the first. */
  exchange(requestToken: string): OAuthToken | undefined;
  accessToken(token: string): { readonly secret: string; readonly user: User } | undefined;
  revoke(token: string): void;

  /** The latest first. */
  cardsOf(user: User): readonly Card[];
  /** The new card becomes the default one. */
  addCard(user: User, card: NewCard): Card;
  selectCard(user: User, cardId: number): void;
  removeCard(user: User, cardId: number): void;
  deactivateCard(user: User, cardId: number): void;

  startRegistration(user: User, redirectUrl: string): CardRegistration;
  registration(id: string): CardRegistration | undefined;
  endRegistration(id: string, registered: Registered): void;

  subscriptionOf(user: User): Subscription | undefined;
  subscribe(user: User, subscription: Subscription): void;

  /** In the order of purchase. */
  lockerOf(user: User): readonly LockerItem[];
  /** Puts tracks into the locker under a new purchase id. A track may be bought several times. */
  deliver(user: User, items: readonly Pick<LockerItem, "releaseId" | "trackId" | "wholeRelease">[], store: Store, atMs: number): number;
  /** Takes one from the remaining downloads. False where none is left. */
  countDownload(user: User, trackId: number, releaseId: number): boolean;

  /** Back to the seeded state. */
  clear(): void;
}
