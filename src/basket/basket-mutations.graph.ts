/** Changing baskets. What each mutation sends is sent once: what may have been done is looked at, never sent again. */
import { builder } from "../graph/builder.js";
import type { GraphContext } from "../graph/context.js";
import { alsoCalling, upstream } from "../graph/extensions.js";
import { operatorOnly } from "../graph/operator.js";
import type { Services } from "../graph/services.js";
import { namedStore } from "../graph/store.js";
import { operationError, userErrorRef, userErrorType } from "../shared/user-error.graph.js";
import { applyVoucher, createBasket, removeLines, type Changed, type VoucherErrorFacts } from "./changes.js";
import { basketAt, checked, lineIds, mostLines, voucherCodeOf, wantedLines, type Checked } from "./line-input.js";
import { addLines, type LinesAdded } from "./lines-add.js";
import type { BasketAt } from "./reading.js";
import { basketLineRef, basketRef } from "./refs.js";
import { inTurn } from "./turns.js";

/** A call a line, and one to look at the basket after each that was not clear. */
const callsForLines = 2 * mostLines;

/** More lines than may be sent cost nothing: they are INVALID. */
function callsFor(lines: unknown): number {
  return 2 * (Array.isArray(lines) ? Math.min(lines.length, mostLines) : 1);
}

userErrorType<VoucherErrorFacts>("VoucherError").implement({
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
  return builder.objectRef<Changed>(name).implement({
    description,
    fields: (t) => ({
      basket: t.expose("basket", { type: basketRef, description: basketMember }),
      userErrors: t.expose("userErrors", { type: [userErrorRef], nullable: false, description: errorsMember }),
    }),
  });
}

const created = changedPayload("BasketCreatePayload", "What making a basket came to.");
const removed = changedPayload("BasketLinesRemovePayload", "What taking lines out of a basket came to.");
const applied = changedPayload("BasketVoucherApplyPayload", "What applying a voucher came to.");

const added = builder.objectRef<LinesAdded>("BasketLinesAddPayload").implement({
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
    ...upstream("basket/create"),
    type: created,
    description: "Makes an empty basket.",
    args: { input: t.arg({ type: createInput, description: "In which store: the operation's when left out." }) },
    resolve: (_, { input }, context) => create(input, context),
  }),
  basketLinesAdd: t.field({
    ...alsoCalling(
      ["basket/addpriceditem", "basket"],
      upstream("basket/addItem", callsForLines, { callsFor: ({ lines }) => callsFor(lines) }),
    ),
    type: added,
    description:
      "Puts items into a basket, in order, a call each. Lines are independent: one that is refused does not keep the next from being sent. " +
      "A line whose outcome is not clear (OUTCOME_UNKNOWN) is not sent again, nor are those after it (NOT_SENT); the basket is then read " +
      "again and shows what there is. Nothing is sent while any of the input is INVALID.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      lines: t.arg({ type: [lineInput], required: true, description: `The items, from 1 to ${String(mostLines)}.` }),
    },
    resolve: (_, { basketId, lines }, context) => inBasket(basketId, wantedLines(lines, context), context, addLines),
  }),
  basketLinesRemove: t.field({
    ...alsoCalling(["basket"], upstream("basket/removeItem", callsForLines, { callsFor: ({ lineIds }) => callsFor(lineIds) })),
    type: removed,
    description: "Takes lines out of a basket, in order, a call each. What is told of `basketLinesAdd` holds here too.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      lineIds: t.arg.idList({ required: true, description: `The \`id\`s of the lines, from 1 to ${String(mostLines)}.` }),
    },
    resolve: (_, { basketId, lineIds: ids }, context) => inBasket(basketId, lineIds(ids), context, removeLines),
  }),
  basketVoucherApply: t.field({
    ...alsoCalling(["basket"], upstream("basket/applyVoucher", 2)),
    type: applied,
    description: "Applies a voucher to what is in a basket: it may take something off one line, some or all. Add the lines first.",
    args: {
      basketId: t.arg.id({ required: true, description: "A global id, or 7digital's own GUID for a basket of the operation's store." }),
      code: t.arg.string({ required: true, description: "The voucher's code. It is worth money: send it as a variable." }),
    },
    resolve: (_, { basketId, code }, context) => inBasket(basketId, voucherCodeOf(code), context, tryVoucher(context)),
  }),
}));

type StoreInput = Parameters<typeof namedStore>[0];

async function create(input: StoreInput | null | undefined, { services, store }: GraphContext): Promise<Changed> {
  const named = checked(["input", "shopId"], () => namedStore(input ?? {}));
  return named.errors ? { basket: null, userErrors: named.errors } : createBasket(services, named.value ?? store);
}

/** Applies it, where the caller has not tried too many of late. */
function tryVoucher({ allowed }: GraphContext): typeof applyVoucher {
  const advice = "These were too many vouchers within a minute, so nothing was sent: try again later.";
  const refused: Changed = { basket: null, userErrors: [operationError("RATE_LIMITED", advice, { retryable: true, field: ["code"] })] };
  return async (services, at, code) => (allowed.takeVoucher() ? applyVoucher(services, at, code) : refused);
}

/** Changes a basket in its turn; sends nothing where any of the input is wrong. */
async function inBasket<T, R extends Changed>(
  basketId: string,
  input: Checked<T>,
  context: GraphContext,
  change: (services: Services, at: BasketAt, value: T) => Promise<R>,
): Promise<R | LinesAdded> {
  const at = basketAt(["basketId"], basketId, context);
  if (at.errors || input.errors) return { basket: null, addedLines: [], userErrors: [...(at.errors ?? []), ...(input.errors ?? [])] };
  return inTurn(context.services, at.value.basketId, () => change(context.services, at.value, input.value));
}
