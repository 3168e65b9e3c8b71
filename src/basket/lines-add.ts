/** Adds lines to a basket. */
import type { Scope } from "../shared/scope.js";
import { ifReadable } from "../upstream/xml/unreadable.js";
import type { Client } from "../upstream/client.js";
import { basketAddItem, basketAddPricedItem } from "./endpoints.js";
import { changeLines, type BasketChange } from "./line-changes.js";
import type { BasketItemFacts } from "./decoders.js";
import type { WantedLine } from "./line-input.js";
import { linesOf, packageIdOf, readableLines, trackIdOf, type BasketAt, type BasketInStore, type BasketLine } from "./reading.js";
import { writeBasket, type Path, type Written } from "./write.js";

export interface LinesAdded extends BasketChange {
  readonly addedLines: readonly BasketLine[];
}

/** @throws UpstreamError where 7digital does not accept our credentials, on the first call. */
export async function addLines({ client }: Scope, at: BasketAt, wanted: readonly WantedLine[]): Promise<LinesAdded> {
  const addedIds = new Set<string>();
  const { basket, userErrors } = await changeLines(wanted, {
    fieldOf: (index) => ["lines", String(index), "itemId"],
    send: (line, field) => addLine(client, at, line, field),
    // Certain only where the basket was known before, and shows exactly one new line with the item in its package now.
    isMade: (line, before, after) => before !== null && findNewLines(line, before, after).length === 1,
    onMade(line, before, after) {
      const [added = findNewLines({ ...line, packageId: undefined }, before, after)[0]] = findNewLines(line, before, after);
      if (added !== undefined) addedIds.add(added);
    },
    isAboutBasket: ({ subject }) => subject === "basket",
    unclearAdvice: "The line may be in the basket, or may still come: look before you add it again.",
  });
  const lines = basket === null ? [] : linesOf(basket);
  return { basket, addedLines: lines.filter(({ facts }) => addedIds.has(facts.lineId)), userErrors };
}

function addLine(client: Client, at: BasketAt, line: WantedLine, field: Path): Promise<Written> {
  const { basketId } = at;
  const { releaseId, trackId, customPrice: price, packageId, affiliatePartner } = line;
  return price === undefined
    ? writeBasket(client, at, field, basketAddItem, { basketId, releaseId, trackId, packageId, affiliatePartner })
    : writeBasket(client, at, field, basketAddPricedItem, { basketId, price, releaseId, trackId });
}

/** Ids of new lines that hold what was wanted, the latest first: 7digital counts ids up. */
function findNewLines(wanted: WantedLine, before: BasketInStore | null, after: BasketInStore): string[] {
  const known = new Set(before === null ? [] : readableLines(before).map(({ lineId }) => lineId));
  const ids = readableLines(after)
    .filter((line) => holds(line, wanted) && !known.has(line.lineId))
    .map(({ lineId }) => lineId);
  return ids.sort((one, other) => other.length - one.length || (one < other ? 1 : -1));
}

/** A line that does not name its package may be of any. Where none was asked for, 7digital chooses one. */
function holds(line: BasketItemFacts, { releaseId, trackId, packageId }: WantedLine): boolean {
  const held = ifReadable(packageIdOf(line)) ?? null;
  return line.releaseId === releaseId && trackIdOf(line) === trackId && (packageId === undefined || held === null || held === packageId);
}
