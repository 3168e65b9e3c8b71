/** What a decoder makes of an answer that is not quite what it should be, and what it notes about it. */
import { describe, expect, it } from "vitest";
import {
  attribute,
  child,
  children,
  idAttribute,
  inside,
  list,
  listOf,
  object,
  part,
  places,
  required,
  type Decoder,
} from "../../../src/upstream/xml/decode.js";
import { readByBoth } from "../../support/both-readers.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { Reading } from "../../../src/upstream/xml/reading.js";
import { ifReadable, isReadable, readable, Unreadable } from "../../../src/upstream/xml/unreadable.js";
import { flagAttribute, integer, needed, text } from "../../../src/upstream/xml/values.js";

function read<T>(result: Decoder<T>, body: string): { value: T; noted: readonly string[] } {
  const reading = new Reading("thing/list");
  const xml = `<response status="ok" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${body}</response>`;
  const value = readByBoth({ path: "thing/list", auth: "key", result }, { httpStatus: 200, body: xml }, { reading });
  return { value, noted: reading.findings().map(({ difference, path, count }) => `${difference} ${path} ${String(count)}`) };
}

const thing = object({ id: attribute("id"), name: child("name", text), size: child("size", integer) }, ["colour"]);
const unreadable = expect.any(Unreadable) as unknown as Unreadable;

describe("a flag in an attribute", () => {
  const formats = object({ free: child("formats", flagAttribute("free")), all: child("formats", listOf("format", thing)) });
  const thingOf = (attributes: string) => read(formats, `<formats${attributes}><format id="1"/></formats>`);

  it("is read beside what the element holds", () => {
    expect(thingOf(` free="True"`).value).toMatchObject({ free: true, all: [{ id: "1" }] });
    expect(thingOf(` free="false"`).value).toMatchObject({ free: false });
  });

  it("is absent where the attribute, or the element, is not there", () => {
    expect(thingOf("").value).toMatchObject({ free: undefined, all: [{ id: "1" }] });
    expect(read(formats, "").value).toMatchObject({ free: undefined, all: undefined });
  });

  it("that cannot be read costs nothing but itself", () => {
    const { value, noted } = thingOf(` free="maybe"`);
    expect(value).toMatchObject({ free: unreadable, all: [{ id: "1" }] });
    expect(noted).toEqual(["UNREADABLE formats/@free 1"]);
  });
});

describe("a list", () => {
  const items = `<item id="1"/><item/><item xsi:nil="true"/><item>x</item><item id="5"/>`;

  it("leaves out what cannot be read", () => {
    const { value, noted } = read(inside("items", object({ items: children("item", thing) })), `<items>${items}</items>`);
    expect(value.items.map(({ id }) => id)).toEqual(["1", "5"]);
    expect(noted).toEqual(["MISSING items/item/@id 2", "SKIPPED_ITEM items/item 3"]);
  });

  it("is the empty list where it is nil or empty, and null where an object would be", () => {
    const found = object({
      ids: child("ids", list({ all: children("id", text) })),
      thing: child("thing", object({ name: child("name", text) })),
    });
    for (const none of ["/>", ` xsi:nil="true"/>`, `></ids>`]) {
      expect(read(found, `<ids${none}<thing xsi:nil="1"><name>x</name></thing>`).value).toEqual({ ids: { all: [] }, thing: null });
    }
    expect(read(found, `<ids xsi:nil="true"><id>1</id></ids><thing/>`).value).toEqual({ ids: { all: ["1"] }, thing: null });
  });

  it("keeps every place where it is asked to", () => {
    const { value } = read(inside("items", object({ items: places("item", thing) })), `<items>${items}</items>`);
    expect(value.items.map((item) => ifReadable(item)?.id)).toEqual(["1", undefined, undefined, undefined, "5"]);
    expect(Object.isFrozen(value.items)).toBe(true);
  });

  it("inside an item costs the item nothing", () => {
    const outer = object({ id: attribute("id"), parts: child("parts", listOf("part", thing)) });
    const { value, noted } = read(object({ items: children("item", outer) }), `<item id="1"><parts><part/><part id="2"/></parts></item>`);
    expect(value.items).toMatchObject([{ id: "1", parts: [{ id: "2" }] }]);
    expect(noted).toEqual(["MISSING item/parts/part/@id 1", "SKIPPED_ITEM item/parts/part 1"]);
  });

  it("leaves out an item that lacks a value it cannot do without", () => {
    const numbered = object({ position: child("position", needed(integer)) });
    const { value, noted } = read(
      object({ items: children("item", numbered) }),
      "<item><position>x</position></item><item/><item><position>2</position></item>",
    );
    expect(value.items).toEqual([{ position: undefined }, { position: 2 }]);
    expect(noted).toEqual(["UNREADABLE item/position 1", "SKIPPED_ITEM item 1"]);
  });
});

describe("an id", () => {
  const items = (...ids: readonly string[]) => ids.map((value) => `<item id="${value}"/>`).join("");

  it.each(["abc", "1e3", "-4", "0x1", "5&#1;", "007", "12345678901234567890", "1 2"])(
    "that is no whole number costs its item: %s",
    (value) => {
      const { value: list, noted } = read(object({ items: children("item", object({ id: idAttribute("id") })) }), items("1", value, " 3 "));
      expect(list.items.map(({ id }) => id)).toEqual(["1", "3"]);
      expect(noted).toEqual(["UNREADABLE item/@id 1", "SKIPPED_ITEM item 1"]);
    },
  );
});

describe("an object inside an object", () => {
  const outer = object({ id: attribute("id"), owner: part("owner", thing), title: child("title", text) });

  it("that cannot be read costs itself", () => {
    const { value, noted } = read(inside("outer", outer), `<outer id="1"><owner><name>N</name></owner><title>T</title></outer>`);
    expect(value).toEqual({ id: "1", owner: unreadable, title: "T" });
    expect(noted).toEqual(["MISSING outer/owner/@id 1"]);
  });

  it("is none where it is empty or nil, and absent where it is not there", () => {
    for (const none of ["<owner/>", `<owner xsi:nil="true"/>`]) {
      expect(read(inside("outer", outer), `<outer id="1">${none}</outer>`)).toMatchObject({ value: { owner: null }, noted: [] });
    }
    expect(read(inside("outer", outer), `<outer id="1"/>`).value.owner).toBeUndefined();
  });
});

describe("what is required", () => {
  it("is a bad response where it is not there, and noted", () => {
    const reading = new Reading("thing/details");
    const endpoint = { path: "thing/details", auth: "key", result: inside("thing", object({ owner: required("owner", thing) })) } as const;
    const body = `<response status="ok"><thing><owner><name>N</name></owner></thing></response>`;
    expect(() => readByBoth(endpoint, { httpStatus: 200, body }, { reading })).toThrow("(thing/owner/@id: is missing)");
    expect(reading.findings()).toEqual([{ difference: "MISSING", path: "thing/owner/@id", count: 1 }]);
  });
});

describe("an element", () => {
  it("that nobody knows is noted where it stands; one that is known and not read is not", () => {
    const { noted } = read(
      inside("thing", thing),
      `<thing id="1"><colour>red</colour><weight>1</weight><weight>2</weight></thing><extra/>`,
    );
    expect(noted).toEqual(["UNKNOWN_ELEMENT thing/weight 2", "UNKNOWN_ELEMENT extra 1"]);
  });
});

describe("a value that cannot be read", () => {
  const { value } = read(inside("thing", thing), `<thing id="1"><size>12abc</size></thing>`);

  it("costs only itself", () => {
    expect(value).toEqual({ id: "1", name: undefined, size: unreadable });
  });

  it("is an error for whoever wants it, a new one each time", () => {
    const errorOf = (): unknown => {
      try {
        return readable(value.size);
      } catch (error) {
        return error;
      }
    };
    expect(errorOf()).toBeInstanceOf(UpstreamError);
    expect(errorOf()).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", method: "thing/list", retryable: false });
    expect((errorOf() as Error).message).toBe("7digital answered thing/list with `size` in a form that cannot be read.");
    expect(errorOf()).not.toBe(errorOf());
  });

  it("is as if it were not there for whoever can do without", () => {
    expect([ifReadable(value.size), isReadable(value.size), Object.isFrozen(value.size)]).toEqual([undefined, false, true]);
    expect([ifReadable(0), isReadable(null), readable("")]).toEqual([0, true, ""]);
  });
});
