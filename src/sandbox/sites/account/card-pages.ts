/** Where a user adds a payment card, and sees, selects and deletes those on file.
 *  @see API document, "Adding a payment card", "Displaying a list of active payment cards" */

import type { Card } from "../../accounts/model.js";
import type { Response } from "../../http/response.js";
import { isHandback } from "../handback.js";
import { html, type Markup } from "../markup.js";
import { pageResponse, redirect } from "../page.js";
import { readCard } from "./card-form.js";
import { cardTypes, testCards } from "./test-cards.js";
import { alert, form, signedInAs, type SignedInVisit, type Visit } from "./visit.js";

/** What is wrong with the link itself, for every visitor. */
export function returnProblem({ asked }: Visit): Response | null {
  const returnUrl = asked.get("returnurl") || undefined;
  if (returnUrl === undefined || isHandback(returnUrl)) return null;
  const content = html`<p role="alert">The returnUrl is no address to go back to.</p>`;
  return pageResponse({ title: "Payment cards", status: 400, content });
}

export function addCardPage(visit: SignedInVisit): Response {
  if (visit.form.get("action") !== "add-card") return cardForm(visit);
  const read = readCard(visit.form, visit.nowMs);
  if ("problem" in read) return cardForm(visit, read.problem);
  visit.accounts.addCard(visit.user, read.card);
  return redirect(visit.asked.get("returnurl") || cardsAddress(visit));
}

function cardForm(visit: SignedInVisit, problem?: string): Response {
  const chosen = visit.form.get("cardtype");
  const type = (name: string) => html`<option ${name === chosen ? html`selected` : html``}>${name}</option>`;
  return pageResponse({
    title: "Add a payment card",
    status: problem === undefined ? 200 : 400,
    handsBackTo: visit.asked.get("returnurl") || undefined,
    content: html`${signedInAs(visit)} ${alert(problem)}
    ${form(
      visit,
      html`<label for="cardType">Card type</label>
        <select id="cardType" name="cardType">
          ${cardTypes.map(type)}
        </select>
        <label for="cardNumber">Card number</label>
        <input id="cardNumber" name="cardNumber" inputmode="numeric" required autocomplete="off" />
        <label for="cardHolderName">Name on the card</label>
        <input id="cardHolderName" name="cardHolderName" required autocomplete="off" value="${visit.form.get("cardholdername") ?? ""}" />
        <label for="cardExpiry">Expires (MM/YYYY)</label>
        <input id="cardExpiry" name="cardExpiry" required autocomplete="off" value="${visit.form.get("cardexpiry") ?? ""}" />
        <button name="action" value="add-card">Add this card</button>`,
    )}
    ${testCardTable()}`,
  });
}

function testCardTable(): Markup {
  const rows = testCards.map(
    ({ number, meaning }) =>
      html`<tr>
        <td><code>${number}</code></td>
        <td>${meaning}</td>
      </tr>`,
  );
  return html`<h2>Card numbers to try</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
        <tr>
          <td>any of these</td>
          <td>with a month in the past: the card has expired</td>
        </tr>
      </tbody>
    </table>`;
}

export function cardsPage(visit: SignedInVisit): Response {
  const { accounts, user } = visit;
  const active = accounts.cardsOf(user).filter((card) => card.active);
  const action = visit.form.get("action");
  if (action !== "select" && action !== "delete") return cardList(visit, active);
  const card = active.find(({ id }) => String(id) === visit.form.get("cardid"));
  if (card === undefined) return cardList(visit, active, "There is no such card any more.");
  if (action === "select") accounts.selectCard(user, card.id);
  else accounts.removeCard(user, card.id);
  return redirect(visit.address, 303);
}

function cardList(visit: SignedInVisit, cards: readonly Card[], problem?: string): Response {
  const returnUrl = visit.asked.get("returnurl") || undefined;
  const list = html`<table>
    <thead>
      <tr>
        <th scope="col">Card</th>
        <th scope="col">Expires</th>
        <th scope="col">Use</th>
      </tr>
    </thead>
    <tbody>
      ${cards.map((card) => cardRow(visit, card))}
    </tbody>
  </table>`;
  return pageResponse({
    title: "Payment cards",
    status: problem === undefined ? 200 : 400,
    content: html`${signedInAs(visit)} ${alert(problem)} ${cards.length === 0 ? html`<p>There are no cards.</p>` : list}
      <p><a href="${cardsAddress(visit)}/addcard">Add a card</a></p>
      ${returnUrl === undefined ? html`` : html`<p><a href="${returnUrl}">Back to the application</a></p>`}`,
  });
}

function cardRow(visit: Visit, { id, type, lastFourDigits, expiryDate, isDefault }: Card): Markup {
  const name = `${type} ending in ${lastFourDigits}`;
  const button = (action: string, label: string) =>
    html`<button name="action" value="${action}" aria-label="${label}: ${name}">${label}</button>`;
  const buttons = html`<input type="hidden" name="cardId" value="${id}" /> ${isDefault ? html`` : button("select", "Make default")}
    ${button("delete", "Delete")}`;
  return html`<tr>
    <td>${name}${isDefault ? html` <strong>(default)</strong>` : html``}</td>
    <td>${expiryDate.slice(4)}/${expiryDate.slice(0, 4)}</td>
    <td>${form(visit, buttons)}</td>
  </tr>`;
}

function cardsAddress({ consumerKey }: Visit): string {
  return `/${encodeURIComponent(consumerKey)}/payment`;
}
