/** The people of a sandbox behind the seam of ./model.ts: puts accounts, tokens, cards and lockers together, and seeds them alike. */

import type { Catalogue } from "../model.js";
import { CardRegistrations } from "./card-registrations.js";
import { Cards } from "./cards.js";
import { Lockers } from "./lockers.js";
import type { Accounts } from "./model.js";
import { People } from "./people.js";
import { seededUsers } from "./seed.js";
import { Subscriptions } from "./subscriptions.js";
import { Tokens } from "./tokens.js";

/** The catalogue knows which tracks a seeded release has. */
export function createAccounts(catalogue: Catalogue): Accounts {
  const people = new People();
  const tokens = new Tokens();
  const cards = new Cards();
  const lockers = new Lockers();
  const registrations = new CardRegistrations();
  const subscriptions = new Subscriptions();
  const seeded = seededUsers(catalogue);
  const clear = () => {
    for (const part of [people, tokens, cards, lockers, registrations, subscriptions]) part.seed(seeded);
  };
  clear();
  return {
    user: (id) => people.user(id),
    userOfPartner: (partnerUserId) => people.userOfPartner(partnerUserId),
    signIn: (emailAddress, password) => people.signIn(emailAddress, password),
    signUp: (emailAddress, password) => people.signUp(emailAddress, password),
    createPartnerUser: (partnerUserId, emailAddress) => people.createPartnerUser(partnerUserId, emailAddress),
    usersAt: (emailAddress) => people.usersAt(emailAddress),
    updateUser: (user, change) => people.update(user, change),
    issueRequestToken: (clientIdentifier) => tokens.issueRequestToken(clientIdentifier),
    requestToken: (token) => tokens.requestToken(token),
    authorise: (token, user) => tokens.authorise(token, user),
    exchange: (requestToken) => tokens.exchange(requestToken),
    accessToken: (token) => tokens.accessToken(token),
    revoke: (token) => tokens.revoke(token),
    cardsOf: (user) => cards.cardsOf(user),
    addCard: (user, card) => cards.addCard(user, card),
    selectCard: (user, cardId) => cards.selectCard(user, cardId),
    removeCard: (user, cardId) => cards.removeCard(user, cardId),
    deactivateCard: (user, cardId) => cards.deactivateCard(user, cardId),
    startRegistration: (user, redirectUrl) => registrations.start(user, redirectUrl),
    registration: (id) => registrations.find(id),
    endRegistration: (id, registered) => registrations.end(id, registered),
    subscriptionOf: (user) => subscriptions.of(user),
    subscribe: (user, subscription) => subscriptions.set(user, subscription),
    lockerOf: (user) => lockers.lockerOf(user),
    deliver: (user, items, store, atMs) => lockers.deliver(user, items, store, atMs),
    countDownload: (user, trackId, releaseId) => lockers.countDownload(user, trackId, releaseId),
    clear,
  };
}
