/** Which lines of a basket an addition is known by: those of its item, in its package where 7digital names packages. */
import { describe, expect, it } from "vitest";
import type { BasketFacts, BasketItemFacts } from "../../../src/basket/decoders.js";
import type { WantedLine } from "../../../src/basket/line-input.js";
import { addLines } from "../../../src/basket/lines-add.js";
import { Bindings, createScope } from "../../../src/shared/scope.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { cannedClient } from "../../support/canned-client.js";

const basketId = "11111111-2222-3333-4444-555555555555";

function line(lineId: string, packageId?: string): BasketItemFacts {
  return { lineId, releaseId: "2010", trackId: null, package: packageId === undefined ? undefined : { packageId } } as BasketItemFacts;
}

function basketOf(...items: readonly BasketItemFacts[]): BasketFacts {
  return { basketId, items } as BasketFacts;
}

const wanted = (packageId?: string): WantedLine => ({
  releaseId: "2010",
  trackId: undefined,
  packageId,
  customPrice: undefined,
  affiliatePartner: undefined,
});

/** Adds the lines. "lost" stands for an answer that does not come; then the basket is looked at, as `seen` shows it. */
async function adding(lines: readonly WantedLine[], answers: readonly (BasketFacts | "lost")[], seen?: BasketFacts) {
  const left = [...answers];
  const { client } = cannedClient((path) => {
    if (path === "basket") return seen;
    const answer = left.shift();
    if (answer === "lost") throw new UpstreamError("UPSTREAM_TIMEOUT", "No answer in time.", { method: path });
    return answer;
  });
  const store = { country: "GB" };
  const scope = createScope({ client, store, bindings: new Bindings(), caller: { user: undefined, operator: false, gateway: false } });
  const { addedLines, userErrors } = await addLines(scope, { basketId, store }, lines);
  return { added: addedLines.map(({ facts }) => facts.lineId), errors: userErrors.map(({ code }) => code) };
}

describe("a line that was added", () => {
  it("is a new one beside the same item in another package", async () => {
    const [standard, premium] = [line("1", "2"), line("2", "9")];
    expect(await adding([wanted("2"), wanted("9")], [basketOf(standard), basketOf(standard, premium)])).toEqual({
      added: ["1", "2"],
      errors: [],
    });
  });

  it("is not mistaken for the other package of the same item that somebody else added", async () => {
    expect(await adding([wanted("9")], [basketOf(line("1", "9"), line("2", "2"))])).toEqual({ added: ["1"], errors: [] });
  });

  it("is known by its item where 7digital put another package in, or names none", async () => {
    expect(await adding([wanted("9")], [basketOf(line("1", "2"))])).toEqual({ added: ["1"], errors: [] });
    expect(await adding([wanted("9")], [basketOf(line("1"))])).toEqual({ added: ["1"], errors: [] });
  });
});

describe("a line without a clear answer", () => {
  const before = basketOf(line("1", "2"));

  it("counts as added where the basket shows one new line in its package", async () => {
    const after = basketOf(line("1", "2"), line("2", "9"));
    expect(await adding([wanted("2"), wanted("9")], [before, "lost"], after)).toEqual({ added: ["1", "2"], errors: [] });
  });

  it("stays unknown where the new line is of another package", async () => {
    const after = basketOf(line("1", "2"), line("2", "2"));
    expect(await adding([wanted("2"), wanted("9")], [before, "lost"], after)).toEqual({ added: ["1"], errors: ["OUTCOME_UNKNOWN"] });
  });

  it("counts as added in whichever package where none was asked for, or none is named", async () => {
    const added = { added: ["1", "2"], errors: [] };
    expect(await adding([wanted("2"), wanted()], [before, "lost"], basketOf(line("1", "2"), line("2", "9")))).toEqual(added);
    expect(await adding([wanted("2"), wanted("9")], [before, "lost"], basketOf(line("1", "2"), line("2")))).toEqual(added);
  });
});
