/** Lets the visits of some days pass through a fleet, and counts each day by itself. */
import { Fleet, type Counts, type FleetOptions } from "./fleet.js";
import type { Samples } from "./samples.js";
import { dayMs, type Visits } from "./visits.js";

export interface DayCounts extends Counts {
  readonly visits: number;
}

export interface Prediction {
  readonly days: readonly DayCounts[];
  /** Of the fullest copy at the end. */
  readonly cacheBytes: number;
}

export function simulate(visits: Visits, days: number, fleetOptions: FleetOptions, samples: Samples): Prediction {
  const fleet = new Fleet(fleetOptions);
  const counted: DayCounts[] = [];
  let before: DayCounts = { visits: 0, reads: 0, hits: 0, calls: 0 };
  let visited = 0;
  const endDay = (): void => {
    const { reads, hits, calls } = fleet.counts;
    counted.push({
      visits: visited - before.visits,
      reads: reads - before.reads,
      hits: hits - before.hits,
      calls: calls - before.calls,
    });
    before = { visits: visited, reads, hits, calls };
  };
  for (const { atMs, page, subject, rank, lot } of visits.of(days)) {
    while (atMs >= (counted.length + 1) * dayMs) endDay();
    visited += 1;
    for (const reading of page.reads) fleet.read(lot, reading.keyOf(subject), samples(reading, rank), atMs);
  }
  while (counted.length < days) endDay();
  return { days: counted, cacheBytes: fleet.bytes };
}
