/** Checks what a client sends about a basket. Nothing is sent to 7digital while any of it is wrong. */
import type { Scope } from "../shared/scope.js";
import { parseIdOf, parseItemId, type ItemId } from "../shared/node-id.js";
import { isVisible } from "../shared/search-text.js";
import { asInputError, inputError, priceAdvice, type UserErrorFacts } from "../shared/user-error.js";
import { isChargeable } from "../formats/value-formats.js";
import type { BasketAt } from "./reading.js";
import type { Path } from "./write.js";

export const maxLines = 50;

export interface LineInput {
  readonly itemId: string;
  readonly packageId?: string | null | undefined;
  readonly customPrice?: string | null | undefined;
  readonly affiliatePartner?: string | null | undefined;
}

/** One line to add, checked. */
export interface WantedLine extends ItemId {
  readonly packageId: string | undefined;
  /** Decimal text. */
  readonly customPrice: string | undefined;
  readonly affiliatePartner: string | undefined;
}

/** A checked value, or what is wrong with the input. */
export type Checked<T> =
  { readonly value: T; readonly errors?: never } | { readonly value?: never; readonly errors: readonly UserErrorFacts[] };

/** Turns a ClientError BAD_USER_INPUT into a user error. */
export function check<T>(field: Path, read: () => T): Checked<T> {
  try {
    return { value: read() };
  } catch (error) {
    const userError = asInputError(error);
    if (userError === undefined) throw error;
    return { errors: [{ ...userError, field }] };
  }
}

/** Takes a global id, or a bare GUID for a basket of the operation's store. */
export function checkBasketId(value: string, scope: Scope): Checked<BasketAt> {
  return check(["basketId"], () => {
    const { id: basketId, store = scope.store } = parseIdOf("basket", "basketId", value);
    return { basketId, store };
  });
}

export function checkLines(inputs: readonly LineInput[]): Checked<readonly WantedLine[]> {
  return checkEach("lines", inputs, checkLine);
}

export function checkLineIds(ids: readonly string[]): Checked<readonly string[]> {
  return checkEach("lineIds", ids, (id, field) => checkWholeNumber(field, id, "lineIds"));
}

/** The error never repeats the code. */
export function checkVoucherCode(value: string): Checked<string> {
  const code = value.trim();
  return isVisible(code, 64) ? { value: code } : { errors: [inputError(["code"], "Codes of vouchers are 1 to 64 printable characters.")] };
}

function checkEach<T, U>(name: string, inputs: readonly T[], check: (input: T, field: Path) => Checked<U>): Checked<readonly U[]> {
  if (inputs.length < 1 || inputs.length > maxLines) return { errors: [inputError([name], `Send from 1 to ${String(maxLines)} lines.`)] };
  const all = inputs.map((input, index) => check(input, [name, String(index)]));
  const errors = all.flatMap((one) => one.errors ?? []);
  return errors.length > 0 ? { errors } : { value: all.flatMap((one) => (one.errors ? [] : [one.value])) };
}

function checkLine(input: LineInput, field: Path): Checked<WantedLine> {
  const item = check([...field, "itemId"], () => parseItemId("itemId", input.itemId));
  const packageId = checkOptionalNumber([...field, "packageId"], input.packageId, "packageId");
  const affiliatePartner = checkOptionalNumber([...field, "affiliatePartner"], input.affiliatePartner, "affiliatePartner");
  const customPrice = input.customPrice ?? undefined;
  const errors = [item, packageId, affiliatePartner].flatMap((one) => one.errors ?? []);
  const rejectPrice = (advice: string): number => errors.push(inputError([...field, "customPrice"], advice));
  if (customPrice !== undefined) {
    if (packageId.value ?? affiliatePartner.value) rejectPrice("Send `customPrice` without `packageId` and `affiliatePartner`.");
    if (!isChargeable(customPrice)) rejectPrice(priceAdvice);
  }
  if (item.value === undefined || errors.length > 0) return { errors };
  return { value: { ...item.value, packageId: packageId.value, affiliatePartner: affiliatePartner.value, customPrice } };
}

function checkOptionalNumber(field: Path, value: string | null | undefined, name: string): Checked<string | undefined> {
  return value === undefined || value === null ? { value: undefined } : checkWholeNumber(field, value, name);
}

function checkWholeNumber(field: Path, value: string, name: string): Checked<string> {
  return /^[1-9]\d{0,17}$/.test(value) ? { value } : { errors: [inputError(field, `\`${name}\` takes whole numbers, for example "2".`)] };
}
