/** Readers that pass on to others. */
import type { Decoder, MappedForm } from "../form.js";
import { failed } from "../reading.js";
import { XmlError } from "../xml-error.js";
import { readXml, type XmlElement } from "../xml.js";
import { nothing, type Place } from "./place.js";
import { skipElement } from "./skip.js";
import { gaveUp, none, type ElementReader, type Source } from "./source.js";
import { openTag } from "./tags.js";
import { attributeTextOf } from "./texts.js";

/** Maps the value of another reader. */
export class MappedReader implements ElementReader {
  private readonly turn: (value: unknown, source: Source["reading"]) => unknown;

  constructor(
    { turn }: MappedForm,
    private readonly of: ElementReader,
  ) {
    this.turn = turn as (value: unknown, source: Source["reading"]) => unknown;
  }

  read(source: Source): unknown {
    const value = this.of.read(source);
    return value === failed || value === none || value === gaveUp ? value : this.turn(value, source.reading);
  }
}

const idName = Buffer.from("id");

/** A value with the id of its element. */
export class IdentifiedReader implements ElementReader {
  constructor(
    private readonly of: ElementReader,
    private readonly place: Place,
  ) {}

  read(source: Source): unknown {
    const { bytes, attributes, at, nodes } = source;
    if (!openTag(source)) return gaveUp;
    const i = attributes.find(idName);
    const id =
      i === -1
        ? ""
        : attributeTextOf(bytes, attributes.valueStarts[i] as number, attributes.valueEnds[i] as number, attributes.kinds[i] as number);
    source.at = at;
    source.nodes = nodes;
    const value = this.of.read(source);
    if (id === undefined || value === gaveUp) return gaveUp;
    if (value === none) return none;
    return Object.freeze({
      itemId: id.trim() || undefined,
      value: value === failed ? source.reading.unreadableNamed(this.place.name.text) : value,
    });
  }
}

/** Makes the small tree of one element, for a decoder that looks at the whole element. */
export class TreeReader implements ElementReader {
  constructor(
    private readonly decoder: Decoder<unknown>,
    private readonly place: Place,
  ) {}

  read(source: Source): unknown {
    const { bytes, at, nodes } = source;
    const { name, depth, readsNil } = this.place;
    if (!openTag(source)) return gaveUp;
    if (source.isNil && !readsNil) return nothing(source, this.place);
    source.at = at;
    source.nodes = nodes;
    if (!skipElement(source, name, depth)) return gaveUp;
    const element = treeOf(bytes.toString("utf8", at - name.open.length, source.at));
    return element === undefined ? gaveUp : this.decoder(element, source.reading);
  }
}

function treeOf(text: string): XmlElement | undefined {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}
