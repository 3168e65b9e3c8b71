/** Creates users: those a partner manages, and 7digital's own. For operators only: others could create any number in the operator's name. */
import { isEmailAddress } from "../formats/value-formats.js";
import type { Scope } from "../shared/scope.js";
import { inputError } from "../shared/user-error.js";
import { userCreate, userSignup } from "./endpoints.js";
import { rejectionOf, rejected, succeeded, type Outcome } from "./outcome.js";
import { isPartnerUserId, partnerUserIdAdvice } from "../shared/partner-user-id.js";

export interface NewUser {
  readonly userId: string | null;
}

interface PartnerUser {
  readonly userId: string;
  readonly emailAddress?: string | null | undefined;
}

/** @throws UpstreamError */
export async function createPartnerUser(scope: Scope, input: PartnerUser): Promise<Outcome<NewUser>> {
  const { userId } = input;
  const emailAddress = input.emailAddress ?? undefined;
  if (!isPartnerUserId(userId)) return rejected(inputError(["userId"], `\`userId\` has ${partnerUserIdAdvice}.`));
  if (emailAddress !== undefined && !isEmailAddress(emailAddress)) return invalidEmailAddress();
  try {
    await scope.client.call(userCreate, { userId, emailAddress }, { store: scope.store });
    return succeeded({ userId });
  } catch (error) {
    return rejection(error, "userId", "There is a user with this identifier already.");
  }
}

interface SignUp {
  readonly emailAddress: string;
  readonly password: string;
}

/** @throws UpstreamError */
export async function signUpUser(scope: Scope, { emailAddress, password }: SignUp): Promise<Outcome<NewUser>> {
  if (!isEmailAddress(emailAddress)) return invalidEmailAddress();
  if (password === "") return rejected(inputError(["password"], "`password` is empty."));
  try {
    const { user } = await scope.client.call(userSignup, { emailAddress, password }, { store: scope.store });
    return succeeded({ userId: user?.userId ?? null });
  } catch (error) {
    return rejection(error, "emailAddress", "There is a user with this e-mail address already.");
  }
}

function invalidEmailAddress(): Outcome<never> {
  return rejected(inputError(["emailAddress"], "`emailAddress` is no e-mail address."));
}

/** @param field The argument that must be new. */
function rejection(error: unknown, field: string, alreadyExists: string): Outcome<never> {
  const { value, userErrors } = rejectionOf(error, null);
  const withField = userErrors.map((one) => (one.code === "ALREADY_EXISTS" ? { ...one, field: [field], message: alreadyExists } : one));
  return { value, userErrors: withField };
}
