/** Where the card form of a partner goes, straight from the user's browser. Fields and outcomes are those of 7digital's own stub of its API;
 *  the address is that stub's, too, for no other is known. */

import type { Accounts, Registered } from "../../accounts/model.js";
import type { ApiRequest } from "../../http/request.js";
import { plainText, type Response } from "../../http/response.js";
import { firstValues } from "../first-values.js";
import { withParameters } from "../handback.js";
import { html } from "../markup.js";
import { pageResponse, redirect } from "../page.js";
import { readCard, type NewCard } from "./card-form.js";
import { testCards } from "./test-cards.js";

/** Null for any other path. `nowMs` is epoch ms. */
export function cardRegistrationResponse(accounts: Accounts, request: ApiRequest, nowMs: number): Response | null {
  const [, id] = /^\/cardregistration\/([^/]+)\/?$/i.exec(request.path) ?? [];
  if (id === undefined) return null;
  if (!["GET", "HEAD", "POST"].includes(request.verb)) return plainText(405, "Method not allowed", { Allow: "GET, POST" });
  const registration = accounts.registration(id);
  if (registration === undefined) {
    return pageResponse({ title: "Add a payment card", status: 404, content: html`<p role="alert">There is no such registration.</p>` });
  }
  if (request.verb !== "POST") return cardForm(registration.redirectUrl);
  // Sent again, it changes nothing.
  if (registration.registered === "pending") {
    const read = cardOf(firstValues(request.form), nowMs);
    accounts.endRegistration(registration.id, "code" in read ? read : accounts.addCard(registration.user, read));
  }
  return redirect(withParameters(registration.redirectUrl, { cardRegistrationId: registration.id }));
}

type Refused = Extract<Registered, { readonly code: unknown }>;

function cardOf(form: ReadonlyMap<string, string>, nowMs: number): NewCard | Refused {
  const number = (form.get("cardnumber") ?? "").replace(/[\s-]/g, "");
  const [month = "", year = ""] = [form.get("cardexpirymonth"), form.get("cardexpiryyear")];
  if (!/^\d{12,19}$/.test(number)) return invalid("CardNumber");
  if ((form.get("cardholdername") ?? "").trim() === "") return invalid("CardHolderName");
  if (!/^(?:0[1-9]|1[0-2])$/.test(month) || !/^20\d\d$/.test(year)) return invalid("ExpiryDate");
  if (`${year}-${month}` < new Date(nowMs).toISOString().slice(0, 7)) return invalid("ExpiryDate", ": ExpiryDate cannot be in the past");
  if (!/^\d{3,4}$/.test(form.get("cardverificationcode") ?? "")) return invalid("VerificationCode");
  const read = readCard(new Map([["cardtype", "Visa"], ...form, ["cardexpiry", `${month}/${year}`]]), nowMs);
  return "card" in read ? read.card : { code: 3103, message: "Add card failed: Please try again" };
}

function invalid(parameter: string, more = ""): Refused {
  return { code: 1002, message: `Value of parameter ${parameter} is not valid${more}` };
}

/** For trying it without a form of one's own. */
function cardForm(redirectUrl: string): Response {
  const field = (name: string, label: string) =>
    html`<label for="${name}">${label}</label> <input id="${name}" name="${name}" required autocomplete="off" />`;
  return pageResponse({
    title: "Add a payment card",
    handsBackTo: redirectUrl,
    content: html`<form method="post">
        ${field("cardNumber", "Card number")} ${field("cardHolderName", "Name on the card")}
        ${field("cardExpiryMonth", "Expires, month (MM)")} ${field("cardExpiryYear", "Expires, year (YYYY)")}
        ${field("cardVerificationCode", "Security code: any three digits")}
        <button>Add this card</button>
      </form>
      <p>Card numbers to try: ${testCards.map(({ number }) => html`<code>${number}</code> `)}</p>`,
  });
}
