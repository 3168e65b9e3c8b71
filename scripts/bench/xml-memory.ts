/** What decoded releases take on the heap. Needs --expose-gc. */

export interface ReleaseMemory {
  /** Of XML, each with its item of the chart. */
  readonly xmlBytes: number;
  /** Where all releases of the charts are kept. */
  readonly heapBytes: number;
  /** Where one release of each chart is kept and the others are not. */
  readonly heapBytesOfOne: number;
}

interface Chart {
  readonly items: readonly unknown[];
}

/** @param decode Gives the chart; the heap then holds only what it keeps alive. @param charts Of one length. */
export function releaseMemory(decode: (document: Buffer) => Chart, charts: readonly Buffer[]): ReleaseMemory {
  // Compiled code and shared strings belong to no release.
  for (const document of charts) decode(document);
  const itemsEach = decode(charts[0] as Buffer).items.length;
  const all = grownBy(() => charts.map(decode));
  const one = grownBy(() => charts.map((document) => decode(document).items.at(-1)));
  return {
    xmlBytes: charts.reduce((sum, { length }) => sum + length, 0) / charts.length / itemsEach,
    heapBytes: all / charts.length / itemsEach,
    heapBytesOfOne: one / charts.length,
  };
}

function grownBy(make: () => unknown): number {
  const before = heap();
  const kept = make();
  const after = heap();
  // Read afterwards, so that it is alive until here.
  return kept === undefined ? NaN : after - before;
}

function heap(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
