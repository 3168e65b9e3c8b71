/** Waits for the outcome of a purchase. */
// #region wait
import { createClient } from "graphql-sse";
import type { Api } from "./ask";
import type { OutcomeSubscription } from "./generated/graphql";
import { Outcome } from "./operations";

type Status = NonNullable<OutcomeSubscription["purchaseAttempt"]>["status"];

/** Each status of the purchase, until it has ended. The last one may be OUTCOME_UNKNOWN: query it later. Where the connection is lost,
 *  graphql-sse subscribes again. */
export async function* statuses({ url, accessToken = "" }: Api, idempotencyKey: string): AsyncGenerator<Status> {
  const client = createClient({ url, headers: { authorization: `Bearer ${accessToken}` } });
  const query = Outcome.toString();
  for await (const { data, errors } of client.iterate<OutcomeSubscription>({ query, variables: { idempotencyKey } })) {
    if (errors) throw new Error(errors[0]?.message);
    if (data?.purchaseAttempt) yield data.purchaseAttempt.status;
  }
}
// #endregion wait
