/** The payment cards of users. Whether one is charged is the till's business. */

import type { Card, NewCard, User } from "./model.js";
import type { SeededUser } from "./seed.js";

export class Cards {
  /** By user, the latest first. */
  private readonly cards = new Map<number, readonly Card[]>();
  private nextId = 1;

  cardsOf(user: User): readonly Card[] {
    return this.cards.get(user.id) ?? [];
  }

  addCard(user: User, { type, lastFourDigits, cardHolderName, expiryDate, kind }: NewCard): Card {
    const id = this.nextId++;
    const card = { id, type, lastFourDigits, cardHolderName, expiryDate, kind, isDefault: true, active: true };
    this.cards.set(user.id, [card, ...this.cardsOf(user).map((other) => ({ ...other, isDefault: false }))]);
    return card;
  }

  /** A card that is out of use stays out of use. */
  selectCard(user: User, cardId: number): void {
    const cards = this.cardsOf(user);
    if (!cards.some((card) => card.id === cardId && card.active)) return;
    this.cards.set(
      user.id,
      cards.map((card) => ({ ...card, isDefault: card.id === cardId })),
    );
  }

  /** Where the default card goes, the latest that is in use takes its place. */
  removeCard(user: User, cardId: number): void {
    const left = this.cardsOf(user).filter((card) => card.id !== cardId);
    this.cards.set(user.id, left);
    const next = left.find((card) => card.active);
    if (next !== undefined && !left.some((card) => card.isDefault)) this.selectCard(user, next.id);
  }

  deactivateCard(user: User, cardId: number): void {
    const cards = this.cardsOf(user).map((card) => (card.id === cardId ? { ...card, active: false, isDefault: false } : card));
    this.cards.set(user.id, cards);
  }

  seed(users: readonly SeededUser[]): void {
    this.cards.clear();
    this.nextId = 1;
    for (const { user, card } of users) if (card !== null) this.addCard(user, card);
  }
}
