/** Which children belong to which parent, when both are counted through: the children of parent 0 come first. A few parents
 *  have counts of their own, all others follow a pattern over and over. Answers both ways without a table of the whole. */

export interface Grouping {
  readonly parents: number;
  readonly children: number;
  firstOf(parent: number): number;
  countOf(parent: number): number;
  parentOf(child: number): number;
}

export function grouping(parents: number, head: readonly number[], pattern: readonly number[]): Grouping {
  const headSums = sums(head);
  const patternSums = sums(pattern);
  const headTotal = last(headSums);
  const patternTotal = last(patternSums);
  const firstOf = (parent: number): number => {
    if (parent <= head.length) return headSums[parent] ?? 0;
    const place = parent - head.length;
    return headTotal + Math.floor(place / pattern.length) * patternTotal + (patternSums[place % pattern.length] ?? 0);
  };
  return {
    parents,
    children: firstOf(parents),
    firstOf,
    countOf: (parent) => firstOf(parent + 1) - firstOf(parent),
    parentOf(child) {
      if (child < headTotal) return holder(headSums, child);
      const run = Math.floor((child - headTotal) / patternTotal);
      return head.length + run * pattern.length + holder(patternSums, child - headTotal - run * patternTotal);
    },
  };
}

/** Sums of all that came before, and the total at the end. */
function sums(counts: readonly number[]): readonly number[] {
  const result = [0];
  for (const count of counts) result.push(last(result) + count);
  return result;
}

function last(list: readonly number[]): number {
  return list[list.length - 1] ?? 0;
}

/** The last place whose sum is not above `child`. */
function holder(starts: readonly number[], child: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= child) low = middle;
    else high = middle;
  }
  return low;
}
