/** A token of 7digital's with its secret, sealed for a client to keep: a user's as an access token, a request token as the state of signing
 *  in. No browser ever sees a secret of OAuth's. */
import { z } from "zod";
import type { Sealed, Sealer, SealPurpose } from "../shared/sealing.js";
import type { Token } from "../upstream/oauth.js";

export interface OpenedToken {
  readonly token: Token;
  /** Epoch milliseconds; from then on it opens no more. */
  readonly expiresAtMs: number;
}

/** Names of three letters, as the claims of a JWT have, which tell a reader of a dump nothing. */
const claims = z.object({ tok: z.string().min(1), sec: z.string().min(1), exp: z.number() });

export function sealToken(sealer: Sealer, purpose: SealPurpose, { key, secret }: Token, lifetimeSeconds: number): Promise<Sealed> {
  return sealer.seal(purpose, { tok: key, sec: secret }, lifetimeSeconds);
}

/** Undefined for whatever we did not seal, not for this purpose, or too long ago. Never rejects. */
export async function openToken(sealer: Sealer, purpose: SealPurpose, sealed: string): Promise<OpenedToken | undefined> {
  const { data } = claims.safeParse(await sealer.open(purpose, sealed));
  return data && { token: { key: data.tok, secret: data.sec }, expiresAtMs: data.exp * 1000 };
}
