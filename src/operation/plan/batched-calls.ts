/** The calls of a plan for details that are asked for in batches. How many they are depends on how many objects need them at one time. Where
 *  that is not known, the dearest way counts. */
import type { InBatches } from "../../graph/field-cost.js";
import { listsAreCheaper } from "../../shared/batches.js";
import { isBefore, type Arrival } from "./arrival.js";

/** One kind of details, in one store. */
export interface Details {
  /** The method for one. */
  readonly method: string;
  readonly inBatches: InBatches;
  /** The arguments and the store. */
  readonly what: string;
  /** Whether it is another store than the operation's. */
  readonly elsewhere: boolean;
}

/** Objects that need details. */
export interface Need {
  readonly name: string;
  readonly count: number;
  readonly arrival: Arrival;
  /** The calls for the lists that are known to hold the objects. */
  readonly lists: Calls | undefined;
  /** Whether there are exactly so many: they are found by IDs. */
  readonly exact: boolean;
}

/** Calls of one method under one name. */
export interface Calls {
  readonly name: string;
  readonly method: string;
  readonly count: number;
}

interface Kind {
  readonly details: Details;
  /** By the names of the objects and of their arrival. */
  readonly needs: ReadonlyMap<string, Need>;
}

export class BatchedCalls {
  /** @param size Most items of one call. */
  constructor(
    private readonly size: number,
    private readonly kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>(),
  ) {}

  with(details: Details, needs: Iterable<Need>): BatchedCalls {
    const key = `${details.method} ${details.what}`;
    const all = new Map(this.kinds.get(key)?.needs);
    for (const need of needs) all.set(`${need.name} at ${need.arrival.name}`, need);
    return new BatchedCalls(this.size, new Map(this.kinds).set(key, { details, needs: all }));
  }

  withThoseOf(other: BatchedCalls): BatchedCalls {
    return [...other.kinds.values()].reduce<BatchedCalls>((all, { details, needs }) => all.with(details, needs.values()), this);
  }

  calls(): readonly Calls[] {
    return [...this.kinds.values()].flatMap(({ details, needs }) => fewestCalls(details, [...needs.values()], this.size));
  }
}

type Needs = readonly Need[];

/** What several arrivals need is asked for by one of them, and it may not be known by which: so it costs at most what it costs for each of them,
 *  and at most a call for each object besides what the others cost. */
function fewestCalls(details: Details, needs: Needs, size: number): readonly Calls[] {
  const first = needs.filter((need) => !needs.some((other) => other.name === need.name && isBefore(other.arrival, need.arrival)));
  const forEach = callsOf(details, first, size);
  const isShared = (need: Need): boolean => need.lists === undefined && first.some((other) => other !== need && other.name === need.name);
  const shared = new Map(first.filter(isShared).map((need) => [need.name, need]));
  if (shared.size === 0) return forEach;
  const others = callsOf(
    details,
    first.filter((need) => !isShared(need)),
    size,
  );
  const alone = [...shared.values()].map(({ name, count }) => ({ name: nameOf(details, name), method: details.method, count }));
  const besides = [...others, ...alone];
  return sumOf(besides, "count") < sumOf(forEach, "count") ? besides : forEach;
}

function callsOf(details: Details, needs: Needs, size: number): readonly Calls[] {
  const arrivals = new Map(needs.map(({ arrival }) => [arrival.name, arrival]));
  return [...arrivals.values()].flatMap((arrival) =>
    callsAt(
      arrival,
      details,
      needs.filter((need) => need.arrival.name === arrival.name),
      size,
    ),
  );
}

/** The calls for what comes at the same times. */
function callsAt({ name: at, times }: Arrival, details: Details, needs: Needs, size: number): readonly Calls[] {
  const { method, inBatches, elsewhere } = details;
  const lists = [...new Map(needs.flatMap((need) => (need.lists ? [[need.lists.name, need.lists]] : []))).values()];
  const loose = sumOf(
    needs.filter((need) => need.lists === undefined),
    "count",
  );
  const listed = sumOf(needs, "count") - loose;
  const asked = { loose, listed, lists: sumOf(lists, "count") };
  // Tracks of a release that come at a time of their own.
  const oneListEach = loose === 0 && asked.lists <= times;
  const onlyLists = oneListEach || (times === 1 && needs.every(({ exact }) => exact) && listsAreCheaper(asked, size));
  const { several, one } = batchesFor(onlyLists ? loose : loose + listed, times, size);
  const missed = elsewhere && inBatches.orElse !== undefined && several > 0 ? { path: inBatches.orElse.path, count: loose } : undefined;
  return [
    ...lists,
    { name: nameOf(details, `several ${at}`), method: inBatches.by.path, count: several },
    { name: nameOf(details, `one ${at}`), method, count: one },
    ...(missed ? [{ name: nameOf(details, `missed ${at}`), method: missed.path, count: missed.count }] : []),
  ].filter(({ count }) => count > 0);
}

/** One item that is left is called by its own method. */
function batchesFor(items: number, times: number, size: number): { readonly several: number; readonly one: number } {
  const atOneTime = Math.ceil(items / times);
  const rest = atOneTime % size;
  const several = times * (Math.floor(atOneTime / size) + (rest > 1 ? 1 : 0));
  const one = rest === 1 ? times : 0;
  return several + one > items ? { several: 0, one: items } : { several, one };
}

function nameOf({ method, what }: Details, of: string): string {
  return `${method} ${what} ${of}`;
}

function sumOf<M extends string>(all: readonly Readonly<Record<M, number>>[], member: M): number {
  return all.reduce((sum, one) => sum + one[member], 0);
}
