/** Changes the lines of a basket in order, one call each. Each answer shows the basket, so it is read only after an unclear answer. */
import type { UserErrorFacts } from "../shared/user-error.js";
import type { UpstreamError } from "../upstream/errors.js";
import type { BasketInStore } from "./reading.js";
import { notReachedError, unclearError, type Path, type Written } from "./write.js";

export interface BasketChange {
  /** As the last answer shows it; null where no answer did. */
  readonly basket: BasketInStore | null;
  readonly userErrors: readonly UserErrorFacts[];
}

/** How one line is changed. `before` is the basket as the last answer before showed it, if any did; `after` shows it now. */
interface LineChange<L> {
  readonly fieldOf: (index: number) => Path;
  readonly send: (line: L, field: Path) => Promise<Written>;
  /** Whether the basket proves that a change without a clear answer was made. */
  readonly isMade: (line: L, before: BasketInStore | null, after: BasketInStore) => boolean;
  readonly onMade: (line: L, before: BasketInStore | null, after: BasketInStore) => void;
  /** Whether 7digital rejected the basket, and not the line. */
  readonly isAboutBasket: (cause: UpstreamError) => boolean;
  readonly unclearAdvice: string;
}

/** @throws UpstreamError where 7digital does not accept our credentials, on the first call. */
export async function changeLines<L>(lines: readonly L[], change: LineChange<L>): Promise<BasketChange> {
  let latest: BasketInStore | null = null;
  let isStopped = false;
  const userErrors: UserErrorFacts[] = [];
  for (const [index, line] of lines.entries()) {
    const field = change.fieldOf(index);
    if (isStopped) {
      userErrors.push(notReachedError(field));
      continue;
    }
    const written = await change.send(line, field);
    switch (written.kind) {
      case "done":
      case "unclear": {
        const { basket } = written;
        if (basket && (written.kind === "done" || change.isMade(line, latest, basket))) change.onMade(line, latest, basket);
        else {
          userErrors.push(unclearError(field, change.unclearAdvice));
          isStopped = true;
        }
        latest = basket ?? latest;
        break;
      }
      case "rejected":
        // An earlier answer proves that the basket exists.
        if (latest === null && change.isAboutBasket(written.cause)) {
          return { basket: null, userErrors: [...userErrors, { ...written.error, field: ["basketId"] }] };
        }
        userErrors.push(written.error);
        break;
      case "notDone":
        if (latest === null && written.cause.code === "UPSTREAM_AUTH") throw written.cause;
        userErrors.push(written.error);
        isStopped = true;
    }
  }
  return { basket: latest, userErrors };
}
