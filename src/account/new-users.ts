/** Making users: those a partner manages, and those of 7digital's own. Only an operator may, for whoever could make accounts at will would
 *  fill 7digital with them in the operator's name. */
import type { GraphContext } from "../graph/context.js";
import { requireOperator } from "../graph/operator.js";
import { inputError } from "../shared/user-error.graph.js";
import { userCreate } from "./endpoints/user-create.js";
import { userSignup } from "./endpoints/user-signup.js";
import { refusalOf, refused, succeeded, type Outcome } from "./outcome.js";
import { isPartnerUserId, partnerUserIdAdvice } from "./partner-user-id.js";

export interface NewUser {
  readonly userId: string | null;
}

interface PartnerUser {
  readonly userId: string;
  readonly emailAddress?: string | null | undefined;
}

/** @throws GraphQLError FORBIDDEN @throws UpstreamError */
export async function createPartnerUser(context: GraphContext, given: PartnerUser): Promise<Outcome<NewUser>> {
  requireOperator(context, "userCreate");
  const { userId } = given;
  const emailAddress = given.emailAddress ?? undefined;
  if (!isPartnerUserId(userId)) return refused(inputError(["userId"], `\`userId\` has ${partnerUserIdAdvice}.`));
  if (emailAddress !== undefined && !isEmailAddress(emailAddress)) return noEmailAddress();
  const { services, store } = context;
  try {
    await services.client.call(userCreate, { userId, emailAddress }, { store });
    return succeeded({ userId });
  } catch (error) {
    return refusal(error, "userId", "There is a user with this identifier already.");
  }
}

interface SignUp {
  readonly emailAddress: string;
  readonly password: string;
}

/** @throws GraphQLError FORBIDDEN @throws UpstreamError */
export async function signUpUser(context: GraphContext, { emailAddress, password }: SignUp): Promise<Outcome<NewUser>> {
  requireOperator(context, "userSignUp");
  if (!isEmailAddress(emailAddress)) return noEmailAddress();
  if (password === "") return refused(inputError(["password"], "`password` is empty."));
  const { services, store } = context;
  try {
    const { user } = await services.client.call(userSignup, { emailAddress, password }, { store });
    return succeeded({ userId: user?.userId ?? null });
  } catch (error) {
    return refusal(error, "emailAddress", "There is a user with this e-mail address already.");
  }
}

/** 7digital knows better what an address is; this only spares a call. */
function isEmailAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254;
}

function noEmailAddress(): Outcome<never> {
  return refused(inputError(["emailAddress"], "`emailAddress` is no e-mail address."));
}

/** @param field What has to be new. */
function refusal(error: unknown, field: string, alreadyExists: string): Outcome<never> {
  const { value, userErrors } = refusalOf(error, null);
  const told = userErrors.map((one) => (one.code === "ALREADY_EXISTS" ? { ...one, field: [field], message: alreadyExists } : one));
  return { value, userErrors: told };
}
