/** What fields with links to 7digital's own payment card pages have in common. */
import { builder } from "../builder.js";

const accountPageLanguage = builder.enumType("AccountPageLanguage", {
  description: "Language of a page on 7digital's site.",
  values: {
    DE: { value: "de", description: "German." },
    EN: { value: "en", description: "English." },
    ES: { value: "es", description: "Spanish." },
    FR: { value: "fr", description: "French." },
    IT: { value: "it", description: "Italian." },
    NL: { value: "nl", description: "Dutch." },
    PT: { value: "pt", description: "Portuguese." },
  },
} as const);

/** For the description of every such field. */
export const accountPageSecret =
  "It works once, for a few minutes: query it when you need it. It signs the user in, so it is a secret: open it in the user's browser only, " +
  "and do not store it. Users managed by a partner have to sign in on the page.";

/** The arguments of every such field. */
export function accountPageArgs() {
  return builder.args((arg) => ({
    returnUrl: arg.field({
      type: "URL",
      description:
        "URL to which 7digital sends the user afterwards. The operator must have allowed its origin. If null, the user stays on " +
        "7digital's page.",
    }),
    language: arg.field({
      type: accountPageLanguage,
      description: "Language of the page. If null, that of the store's country.",
    }),
  }));
}
