/** What a client can do. */
import type { RateLimit } from "./answer.js";
import type { Call, Request } from "./calls.js";
import type { Defaults, UntypedParams, User } from "./options.js";
import type { SignIn } from "./sign-in.js";

export interface SevendigitalClient {
  /** Calls a declared method: parameters and result are typed. Each money method is sent once, and no record is kept.
   *  @throws SevendigitalError */
  readonly call: Call;
  /** Calls any method, declared or not. The result is a plain tree of its XML. @throws SevendigitalError */
  readonly request: Request;
  /** A signed URL for a player or a browser. It is a secret: anyone who has it can use it.
   *  @param url Any URL of 7digital's hosts for media and accounts. Parameters may be in its query or in `params`.
   *  @param user By default the client's; null for none. */
  signUrl(url: string | URL, params?: UntypedParams, user?: User | null): string;
  readonly oauth: SignIn;
  /** The same client with other defaults. Cache, connections and quota are shared. */
  with(defaults: Defaults): SevendigitalClient;
  /** The call quota as in 7digital's last response; undefined before the first. */
  rateLimit(): RateLimit | undefined;
  /** Resolves when all calls under way have ended. Of a client made by `with`, too, it closes what all share. */
  close(): Promise<void>;
}
