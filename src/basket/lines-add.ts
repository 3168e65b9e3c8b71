/** Adds lines to a basket, one call each, in order. What one answer tells serves the next line and the payload: no call is made only to
 *  look, save after an answer that was not clear. */
import type { Services } from "../graph/services.js";
import type { UserErrorFacts } from "../shared/user-error.graph.js";
import { basketAddItem } from "./endpoints/basket-add-item.js";
import { basketAddPricedItem } from "./endpoints/basket-add-priced-item.js";
import type { WantedLine } from "./line-input.js";
import { linesOf, readableLines, trackIdOf, type BasketAt, type BasketInStore, type BasketLine } from "./reading.js";
import { isAboutBasket, notReached, unclear, write, type Written } from "./write.js";

export interface LinesAdded {
  /** As it was last told; null where no answer told it. */
  readonly basket: BasketInStore | null;
  readonly addedLines: readonly BasketLine[];
  readonly userErrors: readonly UserErrorFacts[];
}

/** @throws UpstreamError where the first call already shows that 7digital does not accept ours. */
export async function addLines(services: Services, at: BasketAt, wanted: readonly WantedLine[]): Promise<LinesAdded> {
  const adding = new Adding(at);
  for (const [index, line] of wanted.entries()) {
    if (adding.stopped) adding.skip(index);
    else adding.take(line, index, await addLine(services, at, line, index));
  }
  return adding.result();
}

function addLine({ client }: Services, at: BasketAt, line: WantedLine, index: number): Promise<Written> {
  const { basketId } = at;
  const { releaseId, trackId, customPrice: price, packageId, affiliatePartner } = line;
  return price === undefined
    ? write(client, at, fieldOf(index), basketAddItem, { basketId, releaseId, trackId, packageId, affiliatePartner })
    : write(client, at, fieldOf(index), basketAddPricedItem, { basketId, price, releaseId, trackId });
}

function fieldOf(index: number): readonly string[] {
  return ["lines", String(index), "itemId"];
}

/** What is known while lines are added. */
class Adding {
  #basket: BasketInStore | undefined;
  readonly #addedIds = new Set<string>();
  readonly #errors: UserErrorFacts[] = [];
  #stopped: "here" | "basketIsMissing" | undefined;

  constructor(readonly at: BasketAt) {}

  get stopped(): boolean {
    return this.#stopped !== undefined;
  }

  take(line: WantedLine, index: number, written: Written): void {
    switch (written.kind) {
      case "done":
        this.#added(line, written.basket);
        return;
      case "refused":
        this.#refused(written);
        return;
      case "notDone":
        if (written.cause.code === "UPSTREAM_AUTH" && this.#basket === undefined) throw written.cause;
        this.#stop(written.error);
        return;
      case "unclear":
        this.#lookedAt(line, index, written.basket);
    }
  }

  skip(index: number): void {
    if (this.#stopped === "basketIsMissing") return;
    this.#errors.push(notReached(fieldOf(index)));
  }

  result(): LinesAdded {
    const lines = this.#basket === undefined ? [] : linesOf(this.#basket);
    return {
      basket: this.#basket ?? null,
      addedLines: lines.filter(({ told }) => this.#addedIds.has(told.lineId)),
      userErrors: this.#errors,
    };
  }

  #added(line: WantedLine, basket: BasketInStore): void {
    const [added] = this.#holding(line, basket);
    if (added !== undefined) this.#addedIds.add(added);
    this.#basket = basket;
  }

  #refused({ error, cause }: Extract<Written, { kind: "refused" }>): void {
    // An answer in hand proves that there is a basket.
    const basketIsMissing = this.#basket === undefined && isAboutBasket(cause);
    this.#errors.push(basketIsMissing ? { ...error, field: ["basketId"] } : error);
    if (basketIsMissing) this.#stopped = "basketIsMissing";
  }

  /** The line was added for certain only where the basket was known before, and shows exactly one new line with the item since. */
  #lookedAt(line: WantedLine, index: number, basket: BasketInStore | undefined): void {
    const known = this.#basket !== undefined;
    const since = basket === undefined ? [] : this.#holding(line, basket);
    this.#basket = basket ?? this.#basket;
    const [added] = since;
    if (known && added !== undefined && since.length === 1) this.#addedIds.add(added);
    else this.#stop(unclear(fieldOf(index), "The line may be in the basket, or may still come: look before you add it again."));
  }

  #stop(error: UserErrorFacts): void {
    this.#errors.push(error);
    this.#stopped = "here";
  }

  /** Ids of the lines that hold the item and were not there before, the latest first: 7digital counts them up. */
  #holding({ releaseId, trackId }: WantedLine, basket: BasketInStore): string[] {
    const before = new Set(this.#basket === undefined ? [] : readableLines(this.#basket).map(({ lineId }) => lineId));
    const ids = readableLines(basket)
      .filter((item) => item.releaseId === releaseId && trackIdOf(item) === trackId && !before.has(item.lineId))
      .map(({ lineId }) => lineId);
    return ids.sort((one, other) => other.length - one.length || (one < other ? 1 : -1));
  }
}
