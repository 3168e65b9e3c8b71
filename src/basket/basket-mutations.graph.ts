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
  description: "The voucher gives no discount. The message never repeats its code.",
  interfaces: [userErrorRef],
});

const createInput = builder.inputType("BasketCreateInput", {
  description: "Store to create a basket in. If empty, the operation's store.",
  fields: (t) => ({
    country: t.field({ type: "CountryCode", description: 'Country of the store, e.g. "DE".' }),
    shopId: t.id({ description: 'ID of a shop, e.g. "34". Takes precedence over `country`.' }),
  }),
});

const lineInput = builder.inputType("BasketLineInput", {
  description: "An item to add to a basket.",
  fields: (t) => ({
    itemId: t.id({
      required: true,
      description: 'Global ID of a release ("release:155408"), or of a track with its release ("track:1628015:155408").',
    }),
    packageId: t.id({ description: "`packageId` of one of the item's `packages`. If null, the standard package." }),
    customPrice: t.field({
      type: "Decimal",
      extensions: operatorOnly,
      description: 'Your own price, in the currency of the basket\'s store, e.g. "11.95".',
    }),
    affiliatePartner: t.id({
      description: "7digital's ID of the affiliate to credit with the sale. If null, the owner of this server's key.",
    }),
  }),
});

const basketIdField = "Global ID of the basket, or 7digital's GUID for a basket of the operation's store.";

const addInput = builder.inputType("BasketLinesAddInput", {
  description: "Items to add to a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    lines: t.field({ type: [lineInput], required: true, description: `The items to add, from 1 to ${String(maxLines)}.` }),
  }),
});

const removeInput = builder.inputType("BasketLinesRemoveInput", {
  description: "Lines to remove from a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    lineIds: t.idList({ required: true, description: `\`lineId\` of each line to remove, from 1 to ${String(maxLines)}.` }),
  }),
});

const voucherInput = builder.inputType("BasketVoucherApplyInput", {
  description: "Voucher to apply to a basket.",
  fields: (t) => ({
    basketId: t.id({ required: true, description: basketIdField }),
    code: t.string({
      required: true,
      description:
        "Code of the voucher. Send it as a variable, not in the document: the code is worth money, and documents are kept in memory.",
    }),
  }),
});

const basketMember = "The basket after the change. Null if nothing changed: the basket that you have is still correct.";
const errorsMember = "Errors that you or your user can act on. Empty if everything was done.";

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
  description: "Result of `basketLinesAdd`. Some lines may be added while others are not.",
  fields: (t) => ({
    basket: t.expose("basket", { type: basketRef, description: basketMember }),
    addedLines: t.expose("addedLines", {
      type: [basketLineRef],
      nullable: false,
      description: "The lines of `basket` that this mutation added. Empty if it added none.",
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
    type: changedPayload("BasketCreatePayload", "Result of `basketCreate`."),
    description: "Creates an empty basket.",
    args: { input: t.arg({ type: createInput, description: "The store to create it in. If null, the operation's store." }) },
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
      "Adds items to a basket, in order, with one call for each. If one is rejected, the others are still added. If the outcome " +
      "of one is unknown (OUTCOME_UNKNOWN), the ones after it are not sent (NOT_SENT), and the basket is read again to show what " +
      "it contains. If any of the input is INVALID, nothing is sent.",
    args: { input: t.arg({ type: addInput, required: true, description: "The basket and the items to add." }) },
    resolve: (_, { input: { basketId, lines } }, scope) => changeBasket(basketId, checkLines(lines), scope, addLines),
  }),
  basketLinesRemove: t.field({
    ...upstream(basketRemoveItem, {
      calls: callsForLines,
      callsFor: ({ input }) => callsFor((input as { readonly lineIds: readonly unknown[] }).lineIds.length),
      also: [basket],
      nullOnlyWithError: true,
    }),
    type: changedPayload("BasketLinesRemovePayload", "Result of `basketLinesRemove`."),
    description:
      "Removes lines from a basket, in order, with one call for each. If one is rejected, the others are still removed, as in " +
      "`basketLinesAdd`.",
    args: { input: t.arg({ type: removeInput, required: true, description: "The basket and the lines to remove." }) },
    resolve: (_, { input: { basketId, lineIds: ids } }, scope) => changeBasket(basketId, checkLineIds(ids), scope, removeLines),
  }),
  basketVoucherApply: t.field({
    ...upstream(basketApplyVoucher, { calls: 2, also: [basket], nullOnlyWithError: true }),
    type: changedPayload("BasketVoucherApplyPayload", "Result of `basketVoucherApply`."),
    description: "Applies a voucher to a basket. It can reduce the price of one line, of several or of all. Add the lines first.",
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
