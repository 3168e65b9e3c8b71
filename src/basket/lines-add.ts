/** Adds lines to a basket in order, one call each. Each answer shows the basket, so it is read only after an unclear answer. */
import type { Client } from "../upstream/client.js";
import type { UserErrorFacts } from "../shared/user-error.js";
import { basketAddItem } from "./endpoints/basket-add-item.js";
import { basketAddPricedItem } from "./endpoints/basket-add-priced-item.js";
import type { WantedLine } from "./line-input.js";
import { linesOf, readableLines, trackIdOf, type BasketAt, type BasketInStore, type BasketLine } from "./reading.js";
import { notReachedError, unclearError, writeBasket, type Written } from "./write.js";

export interface LinesAdded {
  /** As the last answer shows it; null where no answer did. */
  readonly basket: BasketInStore | null;
  readonly addedLines: readonly BasketLine[];
  readonly userErrors: readonly UserErrorFacts[];
}

/** @throws UpstreamError where 7digital does not accept our credentials, on the first call. */
export async function addLines(client: Client, at: BasketAt, wanted: readonly WantedLine[]): Promise<LinesAdded> {
  const progress = new AddProgress();
  for (const [index, line] of wanted.entries()) {
    if (progress.stopped) progress.skip(index);
    else progress.record(line, index, await addLine(client, at, line, index));
  }
  return progress.result();
}

function addLine(client: Client, at: BasketAt, line: WantedLine, index: number): Promise<Written> {
  const { basketId } = at;
  const { releaseId, trackId, customPrice: price, packageId, affiliatePartner } = line;
  return price === undefined
    ? writeBasket(client, at, fieldOf(index), basketAddItem, { basketId, releaseId, trackId, packageId, affiliatePartner })
    : writeBasket(client, at, fieldOf(index), basketAddPricedItem, { basketId, price, releaseId, trackId });
}

function fieldOf(index: number): readonly string[] {
  return ["lines", String(index), "itemId"];
}

/** What is known of the basket and of each line so far. */
class AddProgress {
  private latestBasket: BasketInStore | undefined;
  private readonly addedIds = new Set<string>();
  private readonly errors: UserErrorFacts[] = [];
  private stopReason: "here" | "basketIsMissing" | undefined;

  get stopped(): boolean {
    return this.stopReason !== undefined;
  }

  record(line: WantedLine, index: number, written: Written): void {
    switch (written.kind) {
      case "done":
        this.recordAdded(line, written.basket);
        return;
      case "rejected":
        this.recordRejected(written);
        return;
      case "notDone":
        if (written.cause.code === "UPSTREAM_AUTH" && this.latestBasket === undefined) throw written.cause;
        this.stop(written.error);
        return;
      case "unclear":
        this.recordUnclear(line, index, written.basket);
    }
  }

  skip(index: number): void {
    if (this.stopReason === "basketIsMissing") return;
    this.errors.push(notReachedError(fieldOf(index)));
  }

  result(): LinesAdded {
    const lines = this.latestBasket === undefined ? [] : linesOf(this.latestBasket);
    return {
      basket: this.latestBasket ?? null,
      addedLines: lines.filter(({ facts }) => this.addedIds.has(facts.lineId)),
      userErrors: this.errors,
    };
  }

  private recordAdded(line: WantedLine, basket: BasketInStore): void {
    const [added] = this.findNewLines(line, basket);
    if (added !== undefined) this.addedIds.add(added);
    this.latestBasket = basket;
  }

  private recordRejected({ error, cause }: Extract<Written, { kind: "rejected" }>): void {
    // An earlier answer proves that the basket exists.
    const basketIsMissing = this.latestBasket === undefined && cause.subject === "basket";
    this.errors.push(basketIsMissing ? { ...error, field: ["basketId"] } : error);
    if (basketIsMissing) this.stopReason = "basketIsMissing";
  }

  /** Certain only where the basket was known before and shows exactly one new line with the item now. */
  private recordUnclear(line: WantedLine, index: number, basket: BasketInStore | undefined): void {
    const known = this.latestBasket !== undefined;
    const since = basket === undefined ? [] : this.findNewLines(line, basket);
    this.latestBasket = basket ?? this.latestBasket;
    const [added] = since;
    if (known && added !== undefined && since.length === 1) this.addedIds.add(added);
    else this.stop(unclearError(fieldOf(index), "The line may be in the basket, or may still come: look before you add it again."));
  }

  private stop(error: UserErrorFacts): void {
    this.errors.push(error);
    this.stopReason = "here";
  }

  /** Ids of new lines that hold the item, the latest first: 7digital counts ids up. */
  private findNewLines({ releaseId, trackId }: WantedLine, basket: BasketInStore): string[] {
    const before = new Set(this.latestBasket === undefined ? [] : readableLines(this.latestBasket).map(({ lineId }) => lineId));
    const ids = readableLines(basket)
      .filter((item) => item.releaseId === releaseId && trackIdOf(item) === trackId && !before.has(item.lineId))
      .map(({ lineId }) => lineId);
    return ids.sort((one, other) => other.length - one.length || (one < other ? 1 : -1));
  }
}
