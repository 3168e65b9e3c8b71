/** The signed-in user. A shop with a server of its own keeps the token there, in an HttpOnly cookie, where no script can read it. */
import { createStored, isRecord, useStored } from "../shared/stored";

export interface Session {
  readonly accessToken: string;
}

const isSession = (value: unknown): value is Session => isRecord(value) && typeof value.accessToken === "string";

export const session = createStored("sleeve.session", isSession);

/** Undefined for a guest. */
export function useSession(): Session | undefined {
  return useStored(session);
}
