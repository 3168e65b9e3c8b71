/** Objects whose lists were read in this operation: what was told of them need not be asked again for the sake of the items. */

export class InHand<F extends object> {
  readonly #facts = new Map<string, F>();

  get(id: string): F | undefined {
    return this.#facts.get(id);
  }

  /** What one answer leaves out another may have told: what is known is never replaced by less. */
  add(id: string, facts: F): void {
    const known = this.#facts.get(id);
    this.#facts.set(id, known === undefined || known === facts ? facts : { ...facts, ...toldOf(known) });
  }
}

function toldOf<F extends object>(facts: F): Partial<F> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<F>;
}
