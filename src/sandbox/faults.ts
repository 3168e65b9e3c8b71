/** Faults on purpose: which calls are to fail, how, and how often. Carrying them out is the gateway's business. */

/** before: the method is not executed. after: it is, and whatever it did is done; only its answer is struck. */
export type When = "before" | "after";

/** All but `truncate`, which is always after, strike before the method where nothing else is said. */
export type Fault =
  /** Answered as usual, after a while. */
  | { readonly kind: "delay"; readonly ms: number; readonly when?: When }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly when?: When;
    }
  /** The answer ends after so many bytes, and as HTTP is whole. */
  | { readonly kind: "truncate"; readonly bytes: number }
  /** The connection is reset instead of answered. */
  | { readonly kind: "reset"; readonly when?: When }
  /** Never answered: the connection stays open until the caller or the sandbox closes it. */
  | { readonly kind: "hang"; readonly when?: When };

export interface FaultRule {
  /** As the API document names it, or "*" for every method. */
  readonly method: string;
  /** How many calls it falls on; without it, all until it is removed. */
  readonly times?: number;
  readonly fault: Fault;
}

export class Faults {
  readonly #rules: { rule: FaultRule; left: number }[] = [];

  /** Gives a function that takes the rule away again. */
  add(rule: FaultRule): () => void {
    const added = { rule, left: rule.times ?? Infinity };
    this.#rules.push(added);
    return () => {
      const at = this.#rules.indexOf(added);
      if (at >= 0) this.#rules.splice(at, 1);
    };
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** Those with calls left to fall on, which `times` then says. */
  rules(): readonly FaultRule[] {
    return this.#rules.map(({ rule, left }) => (left === Infinity ? rule : { ...rule, times: left }));
  }

  /** The faults that fall on a call of the method: any delays, and at most one of the others, which is the last. */
  take(method: string): readonly Fault[] {
    const taken: Fault[] = [];
    for (const one of [...this.#rules]) {
      if (one.rule.method !== "*" && one.rule.method.toLowerCase() !== method.toLowerCase()) continue;
      taken.push(one.rule.fault);
      one.left -= 1;
      if (one.left <= 0) this.#rules.splice(this.#rules.indexOf(one), 1);
      if (one.rule.fault.kind !== "delay") break;
    }
    return taken;
  }
}
