/** Changes to the user's payment cards. Each is sent once. Card numbers and security codes take no part in them. */
import { isNumericId } from "../formats/value-formats.js";
import { appendableUrl, returnOrigins } from "../shared/return-url.js";
import type { Scope } from "../shared/scope.js";
import { inputError, operationError, type UserErrorFacts } from "../shared/user-error.js";
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { CardRegistrationFacts } from "./card-decoders.js";
import { userPaymentCardRegistrationCreate } from "./endpoints.js";
import { rejectionOf, succeeded, type Outcome } from "./outcome.js";

/** Selects or deletes a card. @throws UpstreamError where 7digital certainly did nothing, for a reason that is not about the card. */
export async function changeCard(
  { client, session }: Scope,
  method: Endpoint<{ readonly cardId: string }, true>,
  cardId: string,
): Promise<readonly UserErrorFacts[]> {
  if (!isNumericId(cardId)) return [inputError(["cardId"], "`cardId` is no ID of a card: see `paymentCards`.")];
  try {
    await client.call(method, { cardId }, session);
    return [];
  } catch (error) {
    return unclear(error, "Query `paymentCards` to see what happened.") ?? rejectionOf(error, ["cardId"]).userErrors;
  }
}

/** @throws UpstreamError as above. */
export async function startRegistration({ client, session, use }: Scope, redirectUrl: string): Promise<Outcome<CardRegistrationFacts>> {
  try {
    const checked = appendableUrl("redirectUrl", redirectUrl, use(returnOrigins)());
    return succeeded(await client.call(userPaymentCardRegistrationCreate, { redirectUrl: checked }, session));
  } catch (error) {
    return rejectionOf(error, ["redirectUrl"]);
  }
}

/** Undefined where 7digital said no, or nothing was sent. */
function unclear(error: unknown, advice: string): readonly UserErrorFacts[] | undefined {
  if (!(error instanceof UpstreamError) || error.notSent || error.traits.rejected !== undefined) return undefined;
  if (/^[123]\d{3}$/.test(error.sevendigitalCode ?? "")) return undefined;
  return [operationError("OUTCOME_UNKNOWN", `7digital did not answer clearly. ${advice}`)];
}
