/** The answers of `release/details/batch` and `track/details/batch`, as 7digital's C# schema and reference describe them: no recording has one.
 *  Items come in the order of the ids. With `showErrors` the ids without an item have an error. */
import type { AnsweredItem, BatchAnswer, FailedItem } from "../upstream/batch.js";
import {
  attribute,
  attributeValue,
  child,
  children,
  inside,
  list,
  mapped,
  object,
  optionalAttribute,
  type Decoder,
} from "../upstream/xml/decode.js";
import { failed } from "../upstream/xml/reading.js";
import { text } from "../upstream/xml/values.js";

const failedItem: Decoder<FailedItem> = mapped(
  object({ itemId: attribute("itemId"), code: optionalAttribute("code"), message: child("errorMessage", text) }),
  ({ itemId, code, message }) => Object.freeze({ itemId, code, message: message ?? undefined }),
);

/** @param names Of the list of items, and of an item. */
export function batchAnswer<T>([items, item]: readonly [items: string, item: string], read: Decoder<T>): Decoder<BatchAnswer<T>> {
  const answer = list({
    items: child(items, list({ all: children(item, answeredItem(read)) })),
    errors: child("errors", list({ all: children("error", failedItem) })),
  });
  return mapped(inside("items", answer), ({ items: found, errors }) =>
    Object.freeze({ items: found?.all ?? [], errors: errors?.all ?? [] }),
  );
}

/** Unreadable where its element lacks something required. Its id may still be there. */
function answeredItem<T>(read: Decoder<T>): Decoder<AnsweredItem<T>> {
  return (element, reading) => {
    const itemId = attributeValue(element, "id")?.trim();
    const value = read(element, reading);
    return Object.freeze({
      itemId: itemId === "" ? undefined : itemId,
      value: value === failed ? reading.unreadableNamed(element.name) : value,
    });
  };
}
