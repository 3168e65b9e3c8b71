/** Absent is not null: which answer a field is read from. */
import { describe, expect, it } from "vitest";
import { lazyField } from "../../../src/graph/lazy-field.js";
import { Bindings, createScope } from "../../../src/shared/scope.js";
import type { Client } from "../../../src/upstream/client.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";

interface Facts {
  readonly id: string;
  readonly title?: string | Unreadable | null;
}

/** The fields here call nothing by it. */
const scope = createScope({
  caller: { user: undefined, operator: false, gateway: false },
  store: { country: "GB" },
  client: {} as Client,
  bindings: new Bindings(),
});

function field(sources: { partial?: Facts; full?: Facts | Promise<Facts> } = {}) {
  let loads = 0;
  const facts = lazyField<Facts>({
    name: "release",
    method: { path: "release/details" },
    load: () => {
      loads += 1;
      return sources.full ?? { id: "1" };
    },
    partial: () => sources.partial,
  });
  const { resolve } = facts(({ title }) => title);
  const { resolve: required } = facts(({ title }) => title, { required: "title" });
  return { resolve: (one: Facts) => resolve(one, {}, scope), required, loads: () => loads };
}

describe("a lazy field", () => {
  it("is read from the facts, where they include it", () => {
    const { resolve, loads } = field({ partial: { id: "1", title: "partial" } });
    expect(resolve({ id: "1", title: "own" })).toBe("own");
    expect(resolve({ id: "1", title: null })).toBeNull();
    expect(loads()).toBe(0);
  });

  it("is read from what another answer of the operation included, before anything is called", () => {
    const { resolve, loads } = field({ partial: { id: "1", title: "partial" } });
    expect(resolve({ id: "1" })).toBe("partial");
    expect(field({ partial: { id: "1", title: null } }).resolve({ id: "1" })).toBeNull();
    expect(loads()).toBe(0);
  });

  it("is loaded where no answer includes it", async () => {
    expect(await field({ partial: { id: "1" }, full: Promise.resolve({ id: "1", title: "full" }) }).resolve({ id: "1" })).toBe("full");
    expect(field({ full: { id: "1", title: "full" } }).resolve({ id: "1" })).toBe("full");
  });

  it("is null where the full answer does not include it either", () => {
    expect(field().resolve({ id: "1" })).toBeNull();
  });

  it("is an error where it cannot be read, and costs no call", () => {
    const { resolve, loads } = field({ full: { id: "1", title: "full" } });
    expect(() => resolve({ id: "1", title: new Unreadable("title", "") })).toThrow();
    expect(loads()).toBe(0);
  });
});

describe("a required field", () => {
  it("is its value", async () => {
    expect(field().required({ id: "1", title: "own" }, {}, scope)).toBe("own");
    expect(await field({ full: Promise.resolve({ id: "1", title: "full" }) }).required({ id: "1" }, {}, scope)).toBe("full");
  });

  it("is an error where 7digital has none, at once or later", async () => {
    expect(() => field().required({ id: "1" }, {}, scope)).toThrow(
      expect.objectContaining({ extensions: { code: "UPSTREAM_BAD_RESPONSE" } }),
    );
    await expect(field({ full: Promise.resolve({ id: "1" }) }).required({ id: "1" }, {}, scope)).rejects.toMatchObject({
      extensions: { code: "UPSTREAM_BAD_RESPONSE" },
    });
  });
});
