/** Who users are, for their partner: found by ID or e-mail address, checked by password, and changed. Addresses and passwords are in no error. */
import { isEmailAddress, isNumericId } from "../formats/value-formats.js";
import { badUserInput } from "../shared/client-error.js";
import { isPartnerUserId, partnerUserIdAdvice } from "../shared/partner-user-id.js";
import type { Scope } from "../shared/scope.js";
import { inputError, operationError, type UserErrorFacts } from "../shared/user-error.js";
import { UpstreamError } from "../upstream/errors.js";
import type { UserFacts } from "./decoders.js";
import { userAuthenticate, userDetails, usersFind, usersUpdate } from "./endpoints.js";
import { rejected, rejectionOf, succeeded, tooManyPasswords, type Outcome } from "./outcome.js";

/** Null where no user has the ID. @throws ClientError BAD_USER_INPUT @throws UpstreamError */
export async function findUser(scope: Scope, userId: string): Promise<UserFacts | null> {
  if (!isPartnerUserId(userId)) throw badUserInput("userId", `\`userId\` has ${partnerUserIdAdvice}.`);
  return readUser(scope, userId);
}

/** The method has no other parameter that could be wrong. */
export async function readUser({ client, store }: Scope, userId: string): Promise<UserFacts | null> {
  try {
    return await client.call(userDetails, { userId }, { store });
  } catch (error) {
    if (error instanceof UpstreamError && (error.traits.rejected === "item" || error.sevendigitalCode === "1002")) return null;
    throw error;
  }
}

/** @throws ClientError BAD_USER_INPUT @throws UpstreamError */
export async function findUsers(scope: Scope, emailAddress: string): Promise<readonly UserFacts[]> {
  if (!isEmailAddress(emailAddress)) throw badUserInput("emailAddress", "`emailAddress` is no e-mail address.");
  const { client, store } = scope;
  try {
    return await client.call(usersFind, { emailAddress }, { store });
  } catch (error) {
    if (error instanceof UpstreamError && error.code === "NOT_FOUND") return [];
    throw error;
  }
}

interface Credentials {
  readonly emailAddress: string;
  readonly password: string;
}

/** @throws UpstreamError */
export async function authenticateUser(scope: Scope, { emailAddress, password }: Credentials): Promise<Outcome<UserFacts>> {
  if (!isEmailAddress(emailAddress)) return rejected(inputError(["emailAddress"], "`emailAddress` is no e-mail address."));
  if (password === "") return rejected(inputError(["password"], "`password` is empty."));
  const tooMany = await tooManyPasswords(scope, emailAddress);
  if (tooMany !== undefined) return tooMany;
  try {
    return succeeded(await scope.client.call(userAuthenticate, { emailAddress, password }, { store: scope.store }));
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === "NOT_FOUND")) return rejectionOf(error, null);
    return rejected(operationError("UNAUTHENTICATED", "7digital knows no user with this e-mail address and password."));
  }
}

interface Change {
  readonly userId: string;
  readonly emailAddress?: string | null | undefined;
  readonly password?: string | null | undefined;
}

/** What is null stays as it is. @throws UpstreamError */
export async function updateUser(scope: Scope, { userId, ...change }: Change): Promise<Outcome<{ readonly user: UserFacts | null }>> {
  const emailAddress = change.emailAddress ?? undefined;
  const password = change.password ?? undefined;
  const mistake = mistakeIn(userId, emailAddress, password);
  if (mistake !== undefined) return rejected(mistake);
  try {
    const { user, users } = await scope.client.call(usersUpdate, { id: userId, emailAddress, password }, scope.session);
    return succeeded({ user: user ?? users?.[0] ?? null });
  } catch (error) {
    return rejectionOf(error, error instanceof UpstreamError ? changedField(error) : null);
  }
}

/** The input field that 7digital's error is about, where its code says so. */
function changedField({ code, sevendigitalCode }: UpstreamError): readonly string[] | null {
  if (sevendigitalCode === "2003") return ["emailAddress"];
  return code === "NOT_FOUND" ? ["userId"] : null;
}

function mistakeIn(userId: string, emailAddress: string | undefined, password: string | undefined): UserErrorFacts | undefined {
  if (!isNumericId(userId)) return inputError(["userId"], "`userId` is 7digital's ID of the user, a whole number.");
  if (emailAddress === undefined && password === undefined) return inputError(null, "Send an `emailAddress`, a `password` or both.");
  if (emailAddress !== undefined && !isEmailAddress(emailAddress)) {
    return inputError(["emailAddress"], "`emailAddress` is no e-mail address.");
  }
  return password === "" ? inputError(["password"], "`password` is empty.") : undefined;
}
