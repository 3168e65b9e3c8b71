/** Copies the chunks of a body into one growing buffer, up to a limit: kept apart, many small chunks would take a hundred times their size. */

const firstCapacity = 16 * 1024;

export class ByteCollector {
  private buffer: Buffer = Buffer.alloc(0);
  private used = 0;

  constructor(private readonly maxBytes: number) {}

  /** False, and nothing added, where that would exceed the limit. */
  add(chunk: Buffer): boolean {
    const needed = this.used + chunk.length;
    if (needed > this.maxBytes) return false;
    if (needed > this.buffer.length) this.grow(needed);
    chunk.copy(this.buffer, this.used);
    this.used = needed;
    return true;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, firstCapacity, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
