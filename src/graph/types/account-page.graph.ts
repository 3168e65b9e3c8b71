/** What fields with links to 7digital's own payment card pages have in common. */
import { builder } from "../builder.js";

const accountPageLanguage = builder.enumType("AccountPageLanguage", {
  description: "Languages that 7digital's own pages come in.",
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
  "Valid once, for a few minutes: request it when you need it. The URL signs the user in. It is a secret: open it only in the user's own " +
  "browser and do not store it. For users that a partner manages, the page asks the user to sign in.";

/** The arguments of every such field. */
export function accountPageArgs() {
  return builder.args((arg) => ({
    returnUrl: arg.field({
      type: "URL",
      description: "Where 7digital leads the user back to, on an origin that the operator has allowed. Without it they stay there.",
    }),
    language: arg.field({
      type: accountPageLanguage,
      description: "Language of the page. Without it 7digital picks one by the store's country.",
    }),
  }));
}
