/** Buying one item. */
// #region buy
import { ask, type Api } from "./ask";
import type { BuyMutation } from "./generated/graphql";
import { Attempt, Buy } from "./operations";

type Payload = NonNullable<BuyMutation["itemPurchase"]>;

/** @param quote Of the price that the user saw.
 *  @param idempotencyKey `crypto.randomUUID()`, made once for this purchase. Keep it until the purchase has ended.
 *  @param returnUrl Where 7digital's page leads back to after a card was added.
 *  @throws TypeError where no response came: send the same again, with the same key. */
export async function buy(
  api: Api,
  input: { itemId: string; quote: string; idempotencyKey: string },
  returnUrl: string,
): Promise<Payload | null> {
  const { data } = await ask(api, Buy, { input, returnUrl });
  return data.itemPurchase;
}

/** What to do next. The table below has all cases. */
export function nextStep({ attempt, userErrors: [error] }: Payload): string {
  if (!error) return attempt?.status === "SUCCEEDED" ? "It is in your locker." : "We are asking 7digital how it ended.";
  if (error.code === "OUTCOME_UNKNOWN") return "We are asking 7digital how it ended.";
  switch (error.__typename) {
    case "PriceChangedError":
      return `It costs ${error.current?.current?.display ?? "something else"} now. Buy it?`;
    case "PaymentCardError":
      return `Add a card: ${error.addCardUrl ?? ""}`;
    default:
      return error.message;
  }
}

/** After IN_PROGRESS and OUTCOME_UNKNOWN, every minute or so. */
export async function outcome(api: Api, idempotencyKey: string): Promise<string | undefined> {
  const { data } = await ask(api, Attempt, { idempotencyKey });
  return data.viewer?.purchaseAttempt?.status;
}
// #endregion buy
