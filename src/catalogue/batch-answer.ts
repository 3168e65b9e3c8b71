/** The answers of `release/details/batch` and `track/details/batch`, as 7digital's C# schema and reference describe them: no recording has one.
 *  Items come in the order of the ids. With `showErrors` the ids without an item have an error. */
import type { BatchAnswer, FailedItem } from "../upstream/batch.js";
import {
  attribute,
  child,
  children,
  identified,
  inside,
  list,
  mapped,
  object,
  optionalAttribute,
  type Decoder,
} from "../upstream/xml/decode.js";
import { text } from "../upstream/xml/values.js";

const failedItem: Decoder<FailedItem> = mapped(
  object({ itemId: attribute("itemId"), code: optionalAttribute("code"), message: child("errorMessage", text) }),
  ({ itemId, code, message }) => Object.freeze({ itemId, code, message: message ?? undefined }),
);

/** @param names Of the list of items, and of an item. */
export function batchAnswer<T>([items, item]: readonly [items: string, item: string], read: Decoder<T>): Decoder<BatchAnswer<T>> {
  const answer = list({
    items: child(items, list({ all: children(item, identified(read)) })),
    errors: child("errors", list({ all: children("error", failedItem) })),
  });
  return mapped(inside("items", answer), ({ items: found, errors }) =>
    Object.freeze({ items: found?.all ?? [], errors: errors?.all ?? [] }),
  );
}
