/** An OAuth token and its secret, sealed for a client to keep: an access token, or the state of a sign-in. No browser sees the secret. */
import { z } from "zod";
import type { Sealed, Sealer, SealPurpose } from "./sealing.js";
import type { Token } from "../upstream/session.js";

export interface OpenedToken {
  readonly token: Token;
  /** Epoch milliseconds. From then on it does not open. */
  readonly expiresAtMs: number;
}

/** Names of three letters, as the claims of a JWT have. */
const claims = z.object({ tok: z.string().min(1), sec: z.string().min(1), exp: z.number() });

export function sealToken(sealer: Sealer, purpose: SealPurpose, { key, secret }: Token, lifetimeSeconds: number): Promise<Sealed> {
  return sealer.seal(purpose, { tok: key, sec: secret }, lifetimeSeconds);
}

/** Undefined for a text that was not sealed here and for this purpose, or has expired. Never rejects. */
export async function openToken(sealer: Sealer, purpose: SealPurpose, sealed: string): Promise<OpenedToken | undefined> {
  const { data } = claims.safeParse(await sealer.open(purpose, sealed));
  return data && { token: { key: data.tok, secret: data.sec }, expiresAtMs: data.exp * 1000 };
}
