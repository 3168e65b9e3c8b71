/** The mutations that change baskets. */
import { builder } from "../graph/builder.js";
import type { Scope } from "../shared/scope.js";
import { upstream } from "../graph/field-cost.js";
import { operatorOnly } from "../graph/operator.js";
import { namedStore } from "../shared/store.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { applyVoucher, createBasket, removeLines, type VoucherErrorFacts } from "./changes.js";
import type { BasketChange } from "./line-changes.js";
import { checkBasketId, check, checkLineIds, maxLines, checkVoucherCode, checkLines, type Checked } from "./line-input.js";
import { addLines, type LinesAdded } from "./lines-add.js";
import type { BasketAt } from "./reading.js";
import { basketLineRef, basketRef } from "./refs.js";
import { runInTurn } from "./turns.js";
import { basket, basketAddItem, basketAddPricedItem, basketApplyVoucher, basketCreate, basketRemoveItem } from "./endpoints.js";

/** One call per line, and one to read the basket after an unclear answer. */
const callsForLines = 2 * maxLines;

/** More lines than allowed are INVALID and cost no call. */
function callsFor(lines: unknown): number {
  return 2 * (Array.isArray(lines) ? Math.min(lines.length, maxLines) : 1);
}

builder.objectRef<VoucherErrorFacts>("VoucherError").implement({
  description: "The voucher takes nothing off. Its code is not repeated here, for it is worth money.",
  interfaces: [userErrorRef],
});

const createInput = builder.inputType("BasketCreateInput", {
  description: "In which store a basket is made: the operation's where nothing is named.",
  fields: (t) => ({
    country: t.field({ type: "CountryCode", description: "The store of this country." }),
    shopId: t.id({ description: "This shop. Where both are given the shop decides and the country is ignored." }),
  }),
});

const lineInput = builder.inputType("BasketLineInput", {
  description: "One item to be put into a basket.",
  fields: (t) => ({
    itemId: t.id({
      required: true,
      description: 'Global id of a release ("release:155408") or of a track with its release ("track:1628015:155408").',
    }),
    packageId: t.id({ description: "Which of the item's `packages` to buy. The standard one when left out." }),
    customPrice: t.field({
      type: "Decimal",
      extensions: operatorOnly,
      description: 'A price of your own in the store\'s currency, sent digit for digit, e.g. "11.95" (basket/addpriceditem).',
    }),
    affiliatePartner: t.id({ description: "Whose sale it is, instead of the one the key stands for: 7digital's id of an affiliate." }),
  }),
});

const basketMember = "The basket as 7digital last told it. Null where it told none, because all was refused: what you showed still holds.";
const errorsMember = "What was not done, and why. Empty where all was done.";

function changedPayload(name: string, description: string) {
  return builder.objectRef<BasketChange>(name).implement({
    description,
    fields: (t) => ({
      basket: t.expose("basket", { type: basketRef, description: basketMember }),
      userErrors: t.expose("userErrors", { type: [userErrorRef], nullable: false, description: errorsMember }),
    }),
  });
}

const addPayload = builder.objectRef<LinesAdded>("BasketLinesAddPayload").implement({
  description: "What putting items into a basket came to. Some lines may be in while others are not.",
  fields: (t) => ({
    basket: t.expose("basket", { type: basketRef, description: basketMember }),
    addedLines: t.expose("addedLines", {
      type: [basketLineRef],
      nullable: false,
      description: "Those lines of `basket` that this mutation put in. Empty where it put none in.",
    }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: `${errorsMember} \`field\` tells the line, e.g. ["lines", "1", "itemId"].`,
    }),
  }),
});

builder.mutationFields((t) => ({
  basketCreate: t.field({
    ...upstream(basketCreate),
    type: changedPayload("BasketCreatePayload", "What making a basket came to."),
    description: "Makes an empty basket.",
    args: { input: t.arg({ type: createInput, description: "In which store: the operation's when left out." }) },
    resolve: (_, { input }, { client, store }) => {
      const named = check(["input", "shopId"], () => namedStore(input ?? {}));
      return named.errors ? { basket: null, userErrors: named.errors } : createBasket(client, named.value ?? store);
    },
  }),
  basketLinesAdd: t.field({
    ...upstream(basketAddItem, { calls: callsForLines, callsFor: ({ lines }) => callsFor(lines), also: [basketAddPricedItem, basket] }),
    type: addPayload,
    description:
      "Puts items into a basket, in order, a call each. Lines are independent: one that is refused does not keep the next from being sent. " +
      "A line whose outcome is not clear (OUTCOME_UNKNOWN) is not sent again, nor are those after it (NOT_SENT); the basket is then read " +
      "again and shows what there is. Nothing is sent while any of the input is INVALID.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      lines: t.arg({ type: [lineInput], required: true, description: `The items, from 1 to ${String(maxLines)}.` }),
    },
    resolve: (_, { basketId, lines }, scope) => changeBasket(basketId, checkLines(lines, scope), scope, addLines),
  }),
  basketLinesRemove: t.field({
    ...upstream(basketRemoveItem, { calls: callsForLines, callsFor: ({ lineIds }) => callsFor(lineIds), also: [basket] }),
    type: changedPayload("BasketLinesRemovePayload", "What taking lines out of a basket came to."),
    description: "Takes lines out of a basket, in order, a call each. What is told of `basketLinesAdd` holds here too.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      lineIds: t.arg.idList({ required: true, description: `The \`id\`s of the lines, from 1 to ${String(maxLines)}.` }),
    },
    resolve: (_, { basketId, lineIds: ids }, scope) => changeBasket(basketId, checkLineIds(ids), scope, removeLines),
  }),
  basketVoucherApply: t.field({
    ...upstream(basketApplyVoucher, { calls: 2, also: [basket] }),
    type: changedPayload("BasketVoucherApplyPayload", "What applying a voucher came to."),
    description: "Applies a voucher to what is in a basket: it may take something off one line, some or all. Add the lines first.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      code: t.arg.string({ required: true, description: "The voucher's code. It is worth money: send it as a variable." }),
    },
    resolve: (_, { basketId, code }, scope) => changeBasket(basketId, checkVoucherCode(code), scope, applyVoucher),
  }),
}));

/** Sends nothing where any of the input is wrong. */
async function changeBasket<T, R extends BasketChange>(
  basketId: string,
  input: Checked<T>,
  scope: Scope,
  change: (scope: Scope, at: BasketAt, value: T) => Promise<R>,
): Promise<R | LinesAdded> {
  const at = checkBasketId(basketId, scope);
  if (at.errors || input.errors) return { basket: null, addedLines: [], userErrors: [...(at.errors ?? []), ...(input.errors ?? [])] };
  return runInTurn(scope, at.value.basketId, () => change(scope, at.value, input.value));
}
