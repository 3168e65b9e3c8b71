/** The sandbox's own door: counts the calls of the upstream API by the journal it keeps of them, and makes it answer later. */

export interface JournalEntry {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

export class Upstream {
  private readonly journal: URL;
  private readonly faults: URL;

  /** @param sandboxUrl Any address of the sandbox. */
  constructor(sandboxUrl: string) {
    this.journal = new URL("/_sandbox/journal", sandboxUrl);
    this.faults = new URL("/_sandbox/faults", sandboxUrl);
  }

  /** Calls since the last `restart`. */
  async count(): Promise<number> {
    return (await this.read()).total;
  }

  async entries(): Promise<readonly JournalEntry[]> {
    return (await this.read()).entries;
  }

  /** Counts from 0 again. */
  async restart(): Promise<void> {
    await send(this.journal, { method: "DELETE" });
  }

  /** How long it waits before each answer. */
  async delay(ms: number): Promise<void> {
    await send(this.faults, { method: "DELETE" });
    if (ms > 0) await send(this.faults, { method: "POST", body: JSON.stringify({ method: "*", fault: { kind: "delay", ms } }) });
  }

  private async read() {
    return (await (await send(this.journal)).json()) as { total: number; entries: readonly JournalEntry[] };
  }
}

async function send(url: URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  return response;
}
