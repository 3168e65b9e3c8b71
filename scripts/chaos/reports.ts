/** When façades had their answers ready, as they log it: one line for each operation, written before its answer is. */

/** The line may be read a little later than the answer. */
const patienceMs = 5000;

export class Reports {
  private readonly atMs = new Map<string, number>();
  private readonly waiting = new Map<string, (atMs: number) => void>();

  /** Whether the line of a log is one of an operation. */
  take(line: string): boolean {
    const { msg, requestId, time } = parsed(line);
    if (msg !== "operation" || typeof requestId !== "string" || typeof time !== "string") return false;
    const atMs = Date.parse(time);
    const tell = this.waiting.get(requestId);
    if (tell === undefined) this.atMs.set(requestId, atMs);
    else tell(atMs);
    return true;
  }

  /** Epoch ms; undefined where no line comes. */
  async of(requestId: string): Promise<number | undefined> {
    const known = this.atMs.get(requestId);
    this.atMs.delete(requestId);
    if (known !== undefined) return known;
    const reportedMs = await new Promise<number | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), patienceMs);
      this.waiting.set(requestId, (atMs) => {
        clearTimeout(timer);
        resolve(atMs);
      });
    });
    this.waiting.delete(requestId);
    return reportedMs;
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
