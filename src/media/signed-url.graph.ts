/** Signed URLs. They are made here, without a call, when a field asks for one. */
import { sites } from "../shared/sites.js";
import { builder } from "../graph/builder.js";
import { clock, type Scope } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { appendableUrl, returnOrigins } from "../shared/return-url.js";
import type { UserCredential } from "../upstream/session.js";
import type { MediaLink } from "./link.js";

/** 7digital promises about an hour. */
const lifetimeMs = 3_600_000;

interface SignedUrlFacts {
  readonly url: string;
  readonly consumesDownload: boolean;
  readonly expiresAt: string;
}

export const signedUrlRef = builder.objectRef<SignedUrlFacts>("SignedUrl").implement({
  description:
    "A signed URL of a media file. It is a secret: anyone who has it can use it. Use it soon, and do not share, store or log " +
    "it. Query the field again for a new one.",
  fields: (t) => ({
    url: t.expose("url", { type: "URL", nullable: false, description: "URL of the file, valid for about one hour." }),
    consumesDownload: t.exposeBoolean("consumesDownload", {
      nullable: false,
      description: "Whether opening it uses one of the remaining downloads of each track that it delivers.",
    }),
    expiresAt: t.expose("expiresAt", {
      type: "DateTime",
      nullable: false,
      description: "When the URL may stop working: one hour after it was signed.",
    }),
  }),
});

export const streamQuality = builder.enumType("StreamQuality", {
  description: "Bit rate of a stream. All streams are MP3.",
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
        "URL to which 7digital redirects the user if it cannot deliver, with `errorCode` and `errorMsg` in the query. The operator " +
        "must have allowed its origin. It must not have a fragment. If null, 7digital shows its own error page.",
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
  return { url, consumesDownload: link.consumesDownload, expiresAt: new Date(use(clock)() + lifetimeMs).toISOString() };
}
