/** What answers of this operation have included of objects that are not complete: it need not be asked for again. */
export class Partials<F extends object> {
  private readonly facts = new Map<string, F>();

  get(id: string): F | undefined {
    return this.facts.get(id);
  }

  /** Adds to what is known; nothing known is replaced. */
  add(id: string, facts: F): void {
    const known = this.facts.get(id);
    this.facts.set(id, known === undefined || known === facts ? facts : { ...facts, ...definedMembersOf(known) });
  }
}

function definedMembersOf<F extends object>(facts: F): Partial<F> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<F>;
}
