/** Counts the calls of the upstream API, by the journal that the sandbox keeps of them. */

const quietMs = 150;

export class UpstreamCalls {
  private readonly journal: URL;

  /** `sandboxUrl` is any address of the sandbox. */
  constructor(sandboxUrl: string) {
    this.journal = new URL("/_sandbox/journal", sandboxUrl);
  }

  /** Calls since the last `restart`. */
  async count(): Promise<number> {
    const response = await fetch(this.journal);
    if (!response.ok) throw new Error(`The sandbox's journal answered ${response.status}.`);
    return ((await response.json()) as { total: number }).total;
  }

  /** Counts from 0 again, once nothing that was asked before is still under way. */
  async restart(): Promise<void> {
    let before: number;
    let now = await this.count();
    do {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      now = await this.count();
    } while (now !== before);
    const response = await fetch(this.journal, { method: "DELETE" });
    if (!response.ok) throw new Error(`The sandbox's journal cannot be cleared: ${response.status}.`);
  }
}
