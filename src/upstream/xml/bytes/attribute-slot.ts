/** Reads one attribute of an object. */
import type { Member } from "../form.js";
import type { Failed } from "../reading.js";
import { hashOf, longestRemembered, Memo } from "./memo.js";
import { gaveUp, type Source } from "./source.js";
import { attributeTextOf } from "./texts.js";

const placesOfMemo = 2048;
/** What attributes hold, by their bytes; trimmed. */
const memo = new Memo(placesOfMemo);

export class AttributeSlot {
  private readonly name: Uint8Array;

  constructor(
    private readonly member: Member,
    readonly index: number,
  ) {
    this.name = Buffer.from(member.name);
  }

  /** @see `readAttribute` in decode.ts */
  read(source: Source): string | undefined | Failed | typeof gaveUp {
    const { member } = this;
    const i = source.attributes.find(this.name);
    const value = i === -1 ? "" : valueOf(source, i);
    if (value === undefined) return gaveUp;
    if (value === "") return member.required ? source.reading.missing(`@${member.name}`) : undefined;
    return member.isValid?.(value) === false ? source.reading.unreadableAttribute(member.name) : value;
  }
}

/** Trimmed. Undefined gives up. */
function valueOf({ bytes, view, attributes }: Source, i: number): string | undefined {
  const start = attributes.valueStarts[i] as number;
  const end = attributes.valueEnds[i] as number;
  const length = end - start;
  if (length === 0) return "";
  if (length > longestRemembered) return attributeTextOf(bytes, start, end, attributes.kinds[i] as number)?.trim();
  const hash = hashOf(view, start, length);
  const known = memo.find(view, start, length, hash);
  if (known !== undefined) return known as string;
  const value = attributeTextOf(bytes, start, end, attributes.kinds[i] as number)?.trim();
  if (value !== undefined) memo.remember(view, start, length, hash, value);
  return value;
}
