/** What the media hosts have delivered, each link once. Bounded, but counts all. */

export interface DownloadEntry {
  /** Epoch ms. */
  readonly at: number;
  /** As the API document names it, "user/downloadtrack". */
  readonly method: string;
  /** 7digital's own id; null where the method needs no user that 7digital knows. */
  readonly userId: number | null;
  readonly formatId: number | null;
  readonly trackIds: readonly number[];
}

const keptEntries = 5000;

export class Downloads {
  private readonly downloads: DownloadEntry[] = [];
  private readonly counts = new Map<string, number>();

  add(entry: DownloadEntry): void {
    this.downloads.push(entry);
    if (this.downloads.length > keptEntries) this.downloads.shift();
    this.counts.set(entry.method, this.count(entry.method) + 1);
  }

  /** The latest ones, oldest first. */
  entries(): readonly DownloadEntry[] {
    return [...this.downloads];
  }

  count(method: string): number {
    return this.counts.get(method) ?? 0;
  }

  clear(): void {
    this.downloads.length = 0;
    this.counts.clear();
  }
}
