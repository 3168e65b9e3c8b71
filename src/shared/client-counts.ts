/** Counts what each client has at the moment. A client without any is not kept. */
export interface ClientCounts {
  of(client: string): number;
  add(client: string): void;
  remove(client: string): void;
}

/** What is counted. */
export type CountKind = "connections" | "requests" | "subscriptions";

/** Counts of one process. */
export class OwnCounts implements ClientCounts {
  private readonly counts = new Map<string, number>();

  of(client: string): number {
    return this.counts.get(client) ?? 0;
  }

  add(client: string): void {
    this.counts.set(client, this.of(client) + 1);
  }

  remove(client: string): void {
    const left = this.of(client) - 1;
    if (left > 0) this.counts.set(client, left);
    else this.counts.delete(client);
  }

  /** Those of at least so many. */
  from(least: number): readonly (readonly [string, number])[] {
    return [...this.counts].filter(([, count]) => count >= least);
  }
}
