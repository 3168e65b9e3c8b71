/** What a client sends about a basket, checked before anything is asked: nothing is sent while any of it is wrong. */
import { GraphQLError } from "graphql";
import type { GraphContext } from "../graph/context.js";
import { parseIdOf, parseItemId, type ItemId } from "../graph/node-id.js";
import { requireOperator } from "../graph/operator.js";
import { isVisible } from "../graph/words.js";
import { inputError, priceAdvice, type UserErrorFacts } from "../shared/user-error.graph.js";
import { isChargeable } from "../value-formats.js";
import type { BasketAt } from "./reading.js";

export const mostLines = 50;

export interface LineInput {
  readonly itemId: string;
  readonly packageId?: string | null | undefined;
  readonly customPrice?: string | null | undefined;
  readonly affiliatePartner?: string | null | undefined;
}

/** One line to be added, as it is sent. */
export interface WantedLine extends ItemId {
  readonly packageId: string | undefined;
  /** Decimal text. */
  readonly customPrice: string | undefined;
  readonly affiliatePartner: string | undefined;
}

type Path = readonly string[];

/** What was read of an input, or what is wrong with it. */
export type Checked<T> =
  { readonly value: T; readonly errors?: never } | { readonly value?: never; readonly errors: readonly UserErrorFacts[] };

/** Gives what `read` gives, or its complaint about the input as a user error. */
export function checked<T>(field: Path, read: () => T): Checked<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions["code"] === "BAD_USER_INPUT")
      return { errors: [inputError(field, error.message)] };
    throw error;
  }
}

/** The basket of a global id, or of a bare GUID in the operation's store. */
export function basketAt(field: Path, value: string, { store }: GraphContext): Checked<BasketAt> {
  return checked(field, () => {
    const { id, store: named } = parseIdOf("basket", field.join("."), value);
    return { basketId: id, store: named ?? store };
  });
}

/** @throws GraphQLError FORBIDDEN where a price of one's own is sent by somebody who is no operator. */
export function wantedLines(inputs: readonly LineInput[], context: GraphContext): Checked<readonly WantedLine[]> {
  if (inputs.some(({ customPrice }) => customPrice)) requireOperator(context, "customPrice");
  return eachOf("lines", inputs, wantedLine);
}

export function lineIds(ids: readonly string[]): Checked<readonly string[]> {
  return eachOf("lineIds", ids, (id, field) => wholeNumber(field, id, "lineIds") as Checked<string>);
}

/** The error never repeats the code. */
export function voucherCodeOf(value: string): Checked<string> {
  const code = value.trim();
  return isVisible(code, 64) ? { value: code } : { errors: [inputError(["code"], "Codes of vouchers are 1 to 64 printable characters.")] };
}

function eachOf<T, U>(name: string, inputs: readonly T[], check: (input: T, field: Path) => Checked<U>): Checked<readonly U[]> {
  if (inputs.length < 1 || inputs.length > mostLines) return { errors: [inputError([name], `Send from 1 to ${String(mostLines)} lines.`)] };
  const all = inputs.map((input, index) => check(input, [name, String(index)]));
  const errors = all.flatMap((one) => one.errors ?? []);
  return errors.length > 0 ? { errors } : { value: all.map((one) => one.value as U) };
}

function wantedLine(input: LineInput, field: Path): Checked<WantedLine> {
  const item = checked([...field, "itemId"], () => parseItemId("itemId", input.itemId));
  const packageId = wholeNumber([...field, "packageId"], input.packageId, "packageId");
  const affiliatePartner = wholeNumber([...field, "affiliatePartner"], input.affiliatePartner, "affiliatePartner");
  const customPrice = input.customPrice ?? undefined;
  const alone = customPrice === undefined || !(packageId.value ?? affiliatePartner.value);
  const together = alone ? [] : [inputError([...field, "customPrice"], "Send `customPrice` without `packageId` and `affiliatePartner`.")];
  const price = customPrice === undefined || isChargeable(customPrice) ? [] : [inputError([...field, "customPrice"], priceAdvice)];
  const errors = [...(item.errors ?? []), ...(packageId.errors ?? []), ...(affiliatePartner.errors ?? []), ...together, ...price];
  if (item.value === undefined || errors.length > 0) return { errors };
  return { value: { ...item.value, packageId: packageId.value, affiliatePartner: affiliatePartner.value, customPrice } };
}

function wholeNumber(field: Path, value: string | null | undefined, name: string): Checked<string | undefined> {
  if (value === undefined || value === null) return { value: undefined };
  return /^[1-9]\d{0,17}$/.test(value) ? { value } : { errors: [inputError(field, `\`${name}\` takes whole numbers, for example "2".`)] };
}
