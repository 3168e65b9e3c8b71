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
function callsFor(lines: number): number {
  return 2 * Math.min(lines, maxLines);
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
      description: 'Global ID of a release ("release:155408") or of a track with its release ("track:1628015:155408").',
    }),
    packageId: t.id({ description: "Which of the item's `packages` to buy. The standard one when left out." }),
    customPrice: t.field({
      type: "Decimal",
      extensions: operatorOnly,
      description: 'A price of your own in the store\'s currency, sent digit for digit, e.g. "11.95" (basket/addpriceditem).',
    }),
    affiliatePartner: t.id({ description: "Whose sale it is, instead of the one the key stands for: 7digital's ID of an affiliate." }),
  }),
});

const basketIdField = "Global ID of the basket, or 7digital's own GUID for a basket in the store of the operation.";

const addInput = builder.inputType("BasketLinesAddInput", {
  description: "Items to add to a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    lines: t.field({ type: [lineInput], required: true, description: `The items, from 1 to ${String(maxLines)}.` }),
  }),
});

const removeInput = builder.inputType("BasketLinesRemoveInput", {
  description: "Lines to remove from a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    lineIds: t.idList({ required: true, description: `\`lineId\` of each line, from 1 to ${String(maxLines)}.` }),
  }),
});

const voucherInput = builder.inputType("BasketVoucherApplyInput", {
  description: "A voucher to apply to a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    code: t.string({ required: true, description: "Code of the voucher. It is worth money: send it as a variable." }),
  }),
});

const basketMember =
  "The basket after the change. Null if 7digital sent none because nothing was changed: the basket that you have is still right.";
const errorsMember = "What was not done, and why. Empty if all was done.";

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
      description: "Those lines of `basket` that this mutation put in. Empty if it put none in.",
    }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: `${errorsMember} \`field\` names the line, e.g. ["lines", "1", "itemId"].`,
    }),
  }),
});

builder.mutationFields((t) => ({
  basketCreate: t.field({
    ...upstream(basketCreate, { nullOnlyWithError: true }),
    type: changedPayload("BasketCreatePayload", "What making a basket came to."),
    description: "Makes an empty basket.",
    args: { input: t.arg({ type: createInput, description: "In which store: the operation's when left out." }) },
    resolve: (_, { input }, { client, store }) => {
      const named = check(["shopId"], () => namedStore(input ?? {}));
      return named.errors ? { basket: null, userErrors: named.errors } : createBasket(client, named.value ?? store);
    },
  }),
  basketLinesAdd: t.field({
    ...upstream(basketAddItem, {
      calls: callsForLines,
      callsFor: ({ input }) => callsFor((input as { readonly lines: readonly unknown[] }).lines.length),
      also: [basketAddPricedItem, basket],
      nullOnlyWithError: true,
    }),
    type: addPayload,
    description:
      "Puts items into a basket, in order, a call each. Lines are independent: one that is refused does not keep the next from being sent. " +
      "A line whose outcome is not clear (OUTCOME_UNKNOWN) is not sent again, nor are those after it (NOT_SENT); the basket is then read " +
      "again and shows what there is. Nothing is sent while any of the input is INVALID.",
    args: { input: t.arg({ type: addInput, required: true, description: "The basket, and what to add." }) },
    resolve: (_, { input: { basketId, lines } }, scope) => changeBasket(basketId, checkLines(lines, scope), scope, addLines),
  }),
  basketLinesRemove: t.field({
    ...upstream(basketRemoveItem, {
      calls: callsForLines,
      callsFor: ({ input }) => callsFor((input as { readonly lineIds: readonly unknown[] }).lineIds.length),
      also: [basket],
      nullOnlyWithError: true,
    }),
    type: changedPayload("BasketLinesRemovePayload", "What taking lines out of a basket came to."),
    description: "Removes lines from a basket, in order, with one call for each. Lines are independent, as in `basketLinesAdd`.",
    args: { input: t.arg({ type: removeInput, required: true, description: "The basket, and what to remove." }) },
    resolve: (_, { input: { basketId, lineIds: ids } }, scope) => changeBasket(basketId, checkLineIds(ids), scope, removeLines),
  }),
  basketVoucherApply: t.field({
    ...upstream(basketApplyVoucher, { calls: 2, also: [basket], nullOnlyWithError: true }),
    type: changedPayload("BasketVoucherApplyPayload", "What applying a voucher came to."),
    description: "Applies a voucher to what is in a basket: it may take something off one line, some or all. Add the lines first.",
    args: { input: t.arg({ type: voucherInput, required: true, description: "The basket and the voucher." }) },
    resolve: (_, { input: { basketId, code } }, scope) => changeBasket(basketId, checkVoucherCode(code), scope, applyVoucher),
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
