/** Signed URLs. They are made here, without a call, when a field asks for one. */
import { sites } from "../shared/sites.js";
import { builder } from "../graph/builder.js";
import { clock, type Scope } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { appendableUrl, returnOrigins } from "../shared/return-url.js";
import type { UserCredential } from "../upstream/session.js";
import type { MediaLink } from "./link.js";

interface SignedUrlFacts {
  readonly url: string;
  readonly consumesDownload: boolean;
  readonly signedAt: string;
}

export const signedUrlRef = builder.objectRef<SignedUrlFacts>("SignedUrl").implement({
  description:
    "A URL of 7digital's media hosts, signed for this answer alone. It is a secret: whoever has it may use it. Follow it soon, show it to " +
    "nobody, do not store it and do not log it. Ask again for another one.",
  fields: (t) => ({
    url: t.expose("url", { type: "URL", nullable: false, description: "Where the file is. Good for about an hour." }),
    consumesDownload: t.exposeBoolean("consumesDownload", {
      nullable: false,
      description: "Whether following it takes one from the remaining downloads of each track it delivers.",
    }),
    signedAt: t.expose("signedAt", { type: "DateTime", nullable: false, description: "When it was signed, by our clock." }),
  }),
});

export const streamQuality = builder.enumType("StreamQuality", {
  description: "How much a stream is compressed. All streams are MP3.",
  values: {
    KBPS_64: { value: "50", description: "64 kbit/s (7digital's format 50)." },
    KBPS_128: { value: "26", description: "128 kbit/s (7digital's format 26)." },
  },
} as const);

/** The argument of links that can fail in the user's browser. */
export function errorUrlArg() {
  return builder.args((arg) => ({
    errorUrl: arg.field({
      type: "URL",
      description:
        "Where 7digital leads the user when it can not deliver, with `errorCode` and `errorMsg` in the query: on an origin that the " +
        "operator has allowed, without a fragment. 7digital's own error page when left out.",
    }),
  }));
}

/** @throws ClientError BAD_USER_INPUT */
export function errorUrlOf({ errorUrl }: { readonly errorUrl?: string | null | undefined }, { use }: Scope): string | undefined {
  return errorUrl === undefined || errorUrl === null ? undefined : appendableUrl("errorUrl", errorUrl, use(returnOrigins)());
}

/** @throws ClientError BAD_USER_INPUT */
export function formatIdOf(value: string): string {
  if (/^[1-9]\d{0,9}$/.test(value)) return value;
  throw badUserInput("formatId", 'Ids of formats are whole numbers, for example "17": see `formats`.');
}

/** Signs the link for the operation's store. @param user Signs with this user's token too. */
export function signedUrl<P>(link: MediaLink<P>, params: P, { client, store, use }: Scope, user?: UserCredential): SignedUrlFacts {
  const url = client.signedUrl(`${use(sites)[link.host]}/${link.path}`, link.pairs(params, store), user);
  return { url, consumesDownload: link.consumesDownload, signedAt: new Date(use(clock)()).toISOString() };
}
