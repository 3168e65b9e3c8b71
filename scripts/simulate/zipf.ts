/** Which of many things is requested: the k-th most popular one as often as 1 ÷ k to the power of an exponent. */
export class Zipf {
  /** At k - 1: how likely one of the first k is. */
  private readonly sums: Float64Array;

  constructor(count: number, exponent: number) {
    this.sums = new Float64Array(count);
    let sum = 0;
    for (let rank = 1; rank <= count; rank += 1) this.sums[rank - 1] = sum += rank ** -exponent;
    for (let index = 0; index < count; index += 1) this.sums[index] = (this.sums[index] ?? 0) / sum;
  }

  /** @param share In [0, 1). @returns A rank from 1. */
  rankOf(share: number): number {
    let [low, high] = [0, this.sums.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sums[middle] ?? 1) > share) high = middle;
      else low = middle + 1;
    }
    return low + 1;
  }
}
