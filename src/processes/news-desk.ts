/** Passes on what each worker knows of one topic. */
import { throttled } from "../shared/throttled.js";

/** How long a change may take, at each of two steps: from its worker to the primary process, and on to the others. */
export const newsEveryMs = 10;

export class NewsDesk<N> {
  private readonly news = new Map<number, N>();
  private readonly tellOthers = throttled<undefined>(newsEveryMs, () => {
    for (const worker of this.workers()) this.send(worker, this.ofOthers(worker));
  });

  /** @param together What several know.
   *  @param workers All that listen.
   *  @param send Takes a worker, and what all others know. */
  constructor(
    private readonly together: (news: readonly N[]) => N,
    private readonly workers: () => readonly number[],
    private readonly send: (worker: number, news: N) => void,
  ) {}

  take(worker: number, news: N): void {
    this.news.set(worker, news);
    this.tellOthers(undefined);
  }

  /** The worker has ended, and what it had with it. */
  forget(worker: number): void {
    if (this.news.delete(worker)) this.tellOthers(undefined);
  }

  /** Another worker listens, and knows nothing yet. */
  repeat(): void {
    this.tellOthers(undefined);
  }

  private ofOthers(worker: number): N {
    return this.together([...this.news].flatMap(([other, news]) => (other === worker ? [] : [news])));
  }
}
