/** When the objects of a plan are there. What objects that come at one time need by their ids is asked for together. */

export interface Arrival {
  /** The same name, the same times. */
  readonly name: string;
  /** At how many times they come at most: each answer of a list brings its own items. */
  readonly times: number;
  /** The one that had to come before. */
  readonly after: Arrival | undefined;
}

/** How the objects of a field come: with their parents, by a call that is made for many of them together, or by one for each parent. */
export type Coming = "withParent" | "together" | "apart";

export function arrivalAtRoot(name: string): Arrival {
  return { name, times: 1, after: undefined };
}

/** Of what is asked for by the ids of objects that came so. */
export function arrivalTogether(after: Arrival, what: string): Arrival {
  return { name: `${after.name} ${what}`, times: after.times, after };
}

/** Of what comes by one call for each of these parents. */
export function arrivalApart(after: Arrival, { name, count }: { readonly name: string; readonly count: number }): Arrival {
  return { name, times: count, after };
}

export function isBefore(one: Arrival, other: Arrival): boolean {
  for (let earlier = other.after; earlier !== undefined; earlier = earlier.after) if (earlier.name === one.name) return true;
  return false;
}

/** Of objects that stand for one another from here on. */
export function joinedArrival(arrivals: readonly Arrival[]): Arrival {
  const distinct = [...new Map(arrivals.map((arrival) => [arrival.name, arrival])).values()];
  const [first] = distinct;
  if (first !== undefined && distinct.length === 1) return first;
  const name = distinct.map((arrival) => arrival.name).join(" & ");
  return { name, times: distinct.reduce((sum, { times }) => sum + times, 0), after: undefined };
}
