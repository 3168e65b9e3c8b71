/** Counts what clients have at the moment in all processes. */
import { OwnCounts, type ClientCounts } from "../shared/client-counts.js";

/** What one process has of each client, where it is much; or all others together. */
export type CountNews = readonly (readonly [client: string, count: number])[];

export function sumOf(news: readonly CountNews[]): CountNews {
  const sums = new Map<string, number>();
  for (const [client, count] of news.flat()) sums.set(client, (sums.get(client) ?? 0) + count);
  return [...sums];
}

interface Options {
  /** Of one client. */
  readonly most: number;
  /** How many processes there are. */
  readonly count: number;
  /** @param read Gives what this process has. */
  readonly changed: (read: () => CountNews) => void;
}

export class SharedCounts implements ClientCounts {
  private readonly own = new OwnCounts();
  private elsewhere: ReadonlyMap<string, number> = new Map();
  /** Within it a client is never limited by what it has elsewhere. */
  private readonly share: number;
  /** Clients that have less are not worth a message. */
  private readonly notable: number;

  constructor(private readonly options: Options) {
    this.share = options.most / options.count;
    this.notable = Math.max(2, this.share / 2);
  }

  of(client: string): number {
    const own = this.own.of(client);
    return own < this.share ? own : own + (this.elsewhere.get(client) ?? 0);
  }

  add(client: string): void {
    this.own.add(client);
    if (this.own.of(client) >= this.notable) this.changed();
  }

  remove(client: string): void {
    const isNotable = this.own.of(client) >= this.notable;
    this.own.remove(client);
    if (isNotable) this.changed();
  }

  learn(news: CountNews): void {
    this.elsewhere = new Map(news);
  }

  private changed(): void {
    this.options.changed(() => this.own.from(this.notable));
  }
}
