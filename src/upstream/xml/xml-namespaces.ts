/** The part of XML namespaces that means something: declarations, and `nil` of XML Schema's instances. Other names keep their prefix. */

const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

/** A prefix that means something else inside an element than outside. */
interface Change {
  readonly depth: number;
  readonly prefix: string;
}

export interface ElementAttributes {
  /** Those that are data, names and values in turn. */
  readonly attributes: readonly string[];
  readonly nil: boolean;
}

export class Namespaces {
  /** The prefixes bound to XML Schema's instance namespace. `xsi` is one from the start, for recorded documents use it undeclared. */
  private readonly instance = new Set(["xsi"]);
  private readonly changes: Change[] = [];

  /** Takes all attributes of an element at that depth. Their declarations hold until `leave`. */
  enter(all: readonly string[], depth: number): ElementAttributes {
    this.declare(all, depth);
    const attributes: string[] = [];
    let nil = false;
    for (let i = 0; i < all.length; i += 2) {
      const name = all[i] ?? "";
      const value = all[i + 1] ?? "";
      if (name === "xmlns" || name.startsWith("xmlns:")) continue;
      const colon = name.indexOf(":");
      if (colon === -1 || !this.instance.has(name.slice(0, colon))) attributes.push(name, value);
      else if (name.slice(colon + 1) === "nil") nil = ["true", "1"].includes(value.trim());
    }
    return { attributes, nil };
  }

  leave(depth: number): void {
    for (let last = this.changes.at(-1); last?.depth === depth; last = this.changes.at(-1)) {
      this.toggle(last.prefix);
      this.changes.pop();
    }
  }

  /** Comes before any name is resolved, for a declaration may follow its use. */
  private declare(all: readonly string[], depth: number): void {
    for (let i = 0; i < all.length; i += 2) {
      const name = all[i] ?? "";
      if (!name.startsWith("xmlns:")) continue;
      const prefix = name.slice("xmlns:".length);
      if (this.instance.has(prefix) === (all[i + 1] === schemaInstance)) continue;
      this.toggle(prefix);
      this.changes.push({ depth, prefix });
    }
  }

  private toggle(prefix: string): void {
    if (!this.instance.delete(prefix)) this.instance.add(prefix);
  }
}
