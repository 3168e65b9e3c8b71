/** What answers of this operation have included of objects that are not complete: it need not be asked for again. */
export class Partials<F extends object> {
  private readonly facts = new Map<string, F>();

  get(id: string): F | undefined {
    return this.facts.get(id);
  }

  /** Adds to what is known; nothing known is replaced. */
  add(id: string, facts: F): void {
    const known = this.facts.get(id);
    const defined = known && known !== facts ? Object.entries(known).filter(([, value]) => value !== undefined) : [];
    this.facts.set(id, defined.length === 0 ? facts : { ...facts, ...Object.fromEntries(defined) });
  }
}
