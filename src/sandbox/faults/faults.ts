/** Faults on purpose: which calls are to fail, how, and how often. Carrying them out is for others. */

import type { Edit, Markup } from "./edit.js";
import type { Headers } from "../http/headers.js";

/** before: the method is not executed. after: it is, and whatever it did is done; only its answer is struck. */
export type When = "before" | "after";

/** The answer as it would have been, but for this. Always after the method. */
export interface EditFault {
  readonly kind: "edit";
  readonly status?: number;
  readonly headers?: Headers;
  /** In order. An answer that is no document, and a path that leads nowhere, stay as they are. */
  readonly elements?: readonly Edit[];
  /** In the place of the XML declaration. */
  readonly declaration?: Markup;
  /** UTF-16 with a byte order mark. The labels stay as they are. */
  readonly encoding?: "utf-16le" | "utf-16be" | "iso-8859-1";
  /** Executes the method as if it had been called with these parameters: answers about another id, or with another page. */
  readonly as?: Readonly<Record<string, string>>;
  readonly when?: "after";
}

/** Those with a `when` strike before the method where nothing else is said. */
export type Fault =
  /** Answered as usual, after a while. */
  | { readonly kind: "delay"; readonly ms: number; readonly when?: When }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: string;
      readonly contentType?: string;
      readonly headers?: Headers;
      readonly when?: When;
    }
  /** The method's own refusal, as a document. `status` is the HTTP status where it is not the one that goes with the code. */
  | { readonly kind: "error"; readonly code: number; readonly message: string; readonly status?: number; readonly when?: When }
  | EditFault
  /** The answer ends after so many bytes, and as HTTP is whole. Always after the method. */
  | { readonly kind: "truncate"; readonly bytes: number }
  /** The connection is reset instead of answered. */
  | { readonly kind: "reset"; readonly when?: When }
  /** Never answered: the connection stays open until the caller or the sandbox closes it. */
  | { readonly kind: "hang"; readonly when?: When };

export interface FaultRule {
  /** As the API document names it, or "*" for every method. */
  readonly method: string;
  /** Parameters that the call must have with these values. Names in any case. */
  readonly params?: Readonly<Record<string, string>>;
  /** E-mail address of the user for whom the call is made, or a partner's id of them. */
  readonly user?: string;
  /** How many calls it falls on; without it, all until it is removed. */
  readonly times?: number;
  readonly fault: Fault;
}

/** What a rule may ask about a call. */
export interface FaultedCall {
  readonly method: string;
  parameter(name: string): string | undefined;
  isFor(user: string): boolean;
}

/** One item of a batch: the method that answers it alone, and the parameter that names it. */
export interface BatchedItem {
  readonly method: string;
  readonly parameter: string;
  readonly id: string;
}

/** Faults that an item can have while others of its batch have none. */
export type ItemFault = Extract<Fault, { readonly kind: "edit" | "error" }>;

export type FaultsOfItem = (item: BatchedItem) => readonly ItemFault[];

interface CountedRule {
  readonly rule: FaultRule;
  left: number;
}

export class Faults {
  private readonly allRules: CountedRule[] = [];
  private readonly permanent: readonly FaultRule[];

  /** `permanent` rules come after all others and are neither shown nor cleared. */
  constructor(permanent: readonly FaultRule[] = []) {
    this.permanent = permanent;
  }

  /** Gives a function that takes the rule away again. */
  add(rule: FaultRule): () => void {
    const added = { rule, left: rule.times ?? Infinity };
    this.allRules.push(added);
    return () => this.remove(added);
  }

  clear(): void {
    this.allRules.length = 0;
  }

  /** Those with calls left to fall on, which `times` then says. */
  rules(): readonly FaultRule[] {
    return this.allRules.map(({ rule, left }) => (left === Infinity ? rule : { ...rule, times: left }));
  }

  /** The faults that fall on a call: any delays and edits, and at most one of the others, which is the last. */
  take(call: FaultedCall): readonly Fault[] {
    return this.takeThose(({ rule }) => matches(rule, call));
  }

  /** Those that the item would have alone, by rules that name it. */
  takeOfItem({ method, parameter, id }: BatchedItem): readonly ItemFault[] {
    const isItem = (name: string): boolean => name.toLowerCase() === parameter.toLowerCase();
    const call = { method, parameter: (name: string) => (isItem(name) ? id : undefined), isFor: () => false };
    const taken = this.takeThose(({ rule }) => {
      const isOfItem = (rule.fault.kind === "edit" || rule.fault.kind === "error") && Object.keys(rule.params ?? {}).some(isItem);
      return isOfItem && matches(rule, call);
    });
    return taken.filter((fault): fault is ItemFault => fault.kind === "edit" || fault.kind === "error");
  }

  private takeThose(isTaken: (one: CountedRule) => boolean): readonly Fault[] {
    const taken: Fault[] = [];
    const permanent = this.permanent.map((rule) => ({ rule, left: Infinity }));
    for (const one of [...this.allRules, ...permanent]) {
      if (!isTaken(one)) continue;
      taken.push(one.rule.fault);
      one.left -= 1;
      if (one.left <= 0) this.remove(one);
      if (one.rule.fault.kind !== "delay" && one.rule.fault.kind !== "edit") break;
    }
    return taken;
  }

  private remove(one: CountedRule): void {
    const at = this.allRules.indexOf(one);
    if (at >= 0) this.allRules.splice(at, 1);
  }
}

function matches({ method, params = {}, user }: FaultRule, call: FaultedCall): boolean {
  if (method !== "*" && method.toLowerCase() !== call.method.toLowerCase()) return false;
  return Object.entries(params).every(([name, value]) => call.parameter(name) === value) && (user === undefined || call.isFor(user));
}
