/** Makes the reader of bytes from the form of a decoder. */
import type { Decoder, Form, Member, ObjectForm } from "../form.js";
import { ElementName } from "./element-name.js";
import { Children } from "./children.js";
import { AttributeReader, LeafReader, TokenReader, WholeNumberReader } from "./leaf-readers.js";
import { ObjectReader } from "./object-reader.js";
import { IdentifiedReader, MappedReader, TreeReader } from "./other-readers.js";
import type { Place } from "./place.js";
import type { ElementReader } from "./source.js";
import { Taker } from "./taker.js";

/** Of the whole response. Undefined for a decoder that has no form: it looks at the whole tree. */
export function compileRoot(form: Form | undefined): ElementReader | undefined {
  if (form === undefined || !isWhole(form)) return undefined;
  const name = new ElementName("response");
  return compileForm(form, { numbers: { next: 0 }, name, depth: 0, readsNil: true, isNoneWhereEmpty: false });
}

/** Whether no decoder looks at the whole tree. */
function isWhole(form: Form): boolean {
  if (form.kind !== "mapped" && form.kind !== "identified") return true;
  return form.of.form !== undefined && isWhole(form.of.form);
}

function compile(decoder: Decoder<unknown>, place: Place): ElementReader {
  return decoder.form === undefined ? new TreeReader(decoder, place) : compileForm(decoder.form, place);
}

function compileForm(form: Form, place: Place): ElementReader {
  switch (form.kind) {
    case "leaf":
      return form.isWholeNumber ? new WholeNumberReader(form, place) : new LeafReader(form, place);
    case "object":
      return compileObject(form, place);
    case "attribute":
      return new AttributeReader(form, place);
    case "token":
      return new TokenReader(form, place);
    case "mapped":
      return new MappedReader(form, compile(form.of, place));
    case "identified":
      return new IdentifiedReader(compile(form.of, place), place);
  }
}

function compileObject(form: ObjectForm, place: Place): ObjectReader {
  const takers = form.slots.flatMap(({ member }, index) => {
    const { kind, read } = member;
    return kind === "attribute" || read === undefined
      ? []
      : [new Taker(index, place.numbers.next++, member, compile(read, placeOf(member, read, place)))];
  });
  const names = form.slots.flatMap(({ member: { kind, name } }) => (kind === "attribute" ? [] : [name]));
  return new ObjectReader({ form, place, takers, children: new Children(form, takers, names) });
}

/** @see `isNone` in decode.ts */
function placeOf({ name, kind }: Member, { form }: Decoder<unknown>, { depth, numbers }: Place): Place {
  const isOne = kind === "child" || kind === "part";
  const emptyMeans = form?.kind === "object" ? form.emptyMeans : undefined;
  return {
    name: new ElementName(name),
    depth: depth + 1,
    numbers,
    readsNil: isOne && emptyMeans === "empty list",
    isNoneWhereEmpty: isOne && emptyMeans === "null",
  };
}
