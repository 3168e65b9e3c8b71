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
  "It signs the user in: whoever has it is them on that page, so lead the user's own browser there and keep it nowhere. Ask for it when " +
  "it is needed, for it is good once and for minutes. Of users a partner manages, who have no token, it is the bare page. Costs no call.";

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
