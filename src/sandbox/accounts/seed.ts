/** The users a sandbox starts with, each with a card and a locker to try one thing. The cheat sheet lists them. */

import type { Catalogue, Store } from "../model.js";
import type { LockerItem, NewCard, OAuthToken, Subscription, User } from "./model.js";

export interface SeededUser {
  readonly user: User;
  /** Null for a user who cannot sign in. */
  readonly password: string | null;
  readonly token: OAuthToken | null;
  readonly card: NewCard | null;
  readonly subscription?: Subscription;
  readonly locker: readonly LockerItem[];
  /** The locker in words, for the cheat sheet. */
  readonly owns: string;
}

type Purchase = Pick<LockerItem, "purchaseId" | "purchasedAtMs" | "remainingDownloads">;

const britain: Store = { country: "GB", shopId: null };

const goodCard: NewCard = { type: "Visa", lastFourDigits: "1111", cardHolderName: "A Customer", expiryDate: "203012", kind: "good" };
const expiredCard: NewCard = { ...goodCard, lastFourDigits: "0069", expiryDate: "201001", kind: "expired" };
const declinedCard: NewCard = { ...goodCard, lastFourDigits: "0002", kind: "declined" };

const premium: Subscription = { level: "premium", expiresAtMs: utc("2036-01-01T00:00:00Z") };
const ended: Subscription = { level: "premium", expiresAtMs: utc("2014-01-01T00:00:00Z") };

export function seededUsers(catalogue: Catalogue): readonly SeededUser[] {
  return [
    { ...customer(1_000_001, "demo"), card: goodCard, subscription: premium, ...demoLocker(catalogue) },
    { ...customer(1_000_002, "expired-card"), card: expiredCard, subscription: ended, ...emptyLocker },
    { ...customer(1_000_003, "no-card"), card: null, ...emptyLocker },
    { ...customer(1_000_004, "declined-card"), card: declinedCard, ...emptyLocker },
    { ...customer(1_000_005, "other", true), card: goodCard, ...otherLocker(catalogue) },
    {
      user: { id: 1_000_006, emailAddress: "", partnerUserId: "partner-user", earlyAccount: false },
      password: null,
      token: null,
      card: goodCard,
      subscription: premium,
      locker: [single(10147, 103818, { purchaseId: 812_486_201, purchasedAtMs: utc("2014-11-24T14:51:56Z"), remainingDownloads: 5 })],
      owns: "track 103818",
    },
    { ...customer(1_000_007, "odd-locker"), card: goodCard, ...oddLocker(catalogue) },
  ];
}

function customer(id: number, name: string, earlyAccount = false): Pick<SeededUser, "user" | "password" | "token"> {
  return {
    user: { id, emailAddress: `${name}@sandbox.test`, partnerUserId: null, earlyAccount },
    password: "demo",
    token: { token: `${name}-token`, secret: `${name}-token-secret` },
  };
}

type Locker = Pick<SeededUser, "locker" | "owns">;

const emptyLocker: Locker = { locker: [], owns: "empty" };

/** The document's own example, a whole release and a single track. */
function demoLocker(catalogue: Catalogue): Locker {
  const locker = [
    single(302123, 3544116, { purchaseId: 812_485_991, purchasedAtMs: utc("2009-07-22T10:41:41Z"), remainingDownloads: 355 }),
    single(1302, 12345, { purchaseId: 812_485_993, purchasedAtMs: utc("2012-12-01T20:15:00Z"), remainingDownloads: 1 }),
    ...whole(catalogue, 155408, { purchaseId: 812_485_994, purchasedAtMs: utc("2014-04-16T15:08:55Z"), remainingDownloads: 5 }),
  ];
  return { locker, owns: "the document's Gloria (release 302123), release 155408 as a whole, track 12345 with one download" };
}

function otherLocker(catalogue: Catalogue): Locker {
  const locker = [
    single(786, 6598, { purchaseId: 812_486_101, purchasedAtMs: utc("2010-02-03T09:30:00Z"), remainingDownloads: 0 }),
    ...whole(catalogue, 36567, { purchaseId: 812_486_102, purchasedAtMs: utc("2011-04-13T15:30:35Z"), remainingDownloads: 3 }),
  ];
  return { locker, owns: "track 6598 without a download left, release 36567; an early account" };
}

/** ../special-ids.ts says what is unusual about it. */
function oddLocker(catalogue: Catalogue): Locker {
  const locker = [
    single(1302, 12345, { purchaseId: 812_486_301, purchasedAtMs: utc("2012-12-01T20:15:00Z"), remainingDownloads: 5 }),
    ...whole(catalogue, 155408, { purchaseId: 812_486_302, purchasedAtMs: utc("2014-04-16T15:08:55Z"), remainingDownloads: 5 }),
  ];
  return { locker, owns: "release 155408 as a whole, of which track 889 is always nil; track 12345" };
}

function single(releaseId: number, trackId: number, purchase: Purchase): LockerItem {
  return { releaseId, trackId, wholeRelease: false, store: britain, ...purchase };
}

function whole(catalogue: Catalogue, releaseId: number, purchase: Purchase): LockerItem[] {
  const tracks = catalogue.tracksOf(releaseId, { offset: 0, limit: 1000 }).items;
  return tracks.map((track) => ({ ...single(releaseId, track.id, purchase), wholeRelease: true }));
}

function utc(time: string): number {
  return Date.parse(time);
}
