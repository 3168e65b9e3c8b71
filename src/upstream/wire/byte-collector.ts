/** Collects the chunks of a body up to a limit. One chunk stays as it is, as most bodies come in one. More are copied into one growing buffer: kept
 *  apart, many small chunks would take a hundred times their size. */

const firstCapacity = 16 * 1024;

export class ByteCollector {
  private buffer: Buffer = Buffer.alloc(0);
  private used = 0;

  constructor(private readonly maxBytes: number) {}

  /** Takes the chunk, which must not change afterwards. False, and nothing added, where that would exceed the limit. */
  add(chunk: Buffer): boolean {
    const needed = this.used + chunk.length;
    if (needed > this.maxBytes) return false;
    if (this.used === 0) this.buffer = chunk;
    else this.append(chunk, needed);
    this.used = needed;
    return true;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  /** The first chunk is not ours to write to, but it has no room either. */
  private append(chunk: Buffer, needed: number): void {
    if (needed > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, firstCapacity, 2 * this.buffer.length));
      this.buffer.copy(larger, 0, 0, this.used);
      this.buffer = larger;
    }
    chunk.copy(this.buffer, this.used);
  }
}
