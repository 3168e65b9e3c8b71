/** What the sandbox was asked, in order. It never keeps what a caller must keep secret, and is bounded but counts all. */

export interface JournalEntry {
  /** Epoch ms. */
  readonly at: number;
  readonly verb: string;
  /** As the API document names it, "artist/details"; the path as it was sent where the sandbox knows no such method. */
  readonly method: string;
  /** As they were sent, without credentials, vouchers and whatever names a person. */
  readonly params: Readonly<Record<string, string>>;
  readonly secure: boolean;
  readonly signed: boolean;
  /** HTTP status; 0 where the connection was reset or left hanging instead of answered. */
  readonly status: number;
}

const keptEntries = 5000;
const secret = /^x?oauth_|password|card|token|email|voucher|userid|username/i;

export class Journal {
  private readonly kept: JournalEntry[] = [];
  private readonly counts = new Map<string, number>();
  private total = 0;

  add(entry: Omit<JournalEntry, "params">, parameters: Iterable<readonly [string, string]>): void {
    const params = Object.fromEntries([...parameters].filter(([name]) => !secret.test(name)));
    this.kept.push({ ...entry, params });
    if (this.kept.length > keptEntries) this.kept.shift();
    this.counts.set(entry.method, this.count(entry.method) + 1);
    this.total += 1;
  }

  /** The latest ones, oldest first. */
  entries(): readonly JournalEntry[] {
    return [...this.kept];
  }

  /** All calls since the start or the last clear, also those whose entries are gone. */
  count(method?: string): number {
    return method === undefined ? this.total : (this.counts.get(method) ?? 0);
  }

  clear(): void {
    this.kept.length = 0;
    this.counts.clear();
    this.total = 0;
  }
}
