/** The largest pages that 7digital gives, which all processes learn from the first that finds out. */
import type { Peers } from "../shared/peers.js";
import { PageSizeLimit, type PageSizeLimits } from "../shared/window-read.js";

/** @param most As configured. */
export function createPageSizes(most: number, { pageSizes: peers }: Pick<Peers, "pageSizes">): PageSizeLimits {
  const tell = (): void => peers?.changed(() => ({ catalogue: catalogue.value, locker: locker.value }));
  const catalogue = new PageSizeLimit(most, tell);
  const locker = new PageSizeLimit(most, tell);
  peers?.watch((found) => {
    catalogue.lowerTo(found.catalogue);
    locker.lowerTo(found.locker);
  });
  return { catalogue, locker };
}
