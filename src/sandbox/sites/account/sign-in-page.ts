/** The sign-in form, which stands before every account page. */

import type { Response } from "../../http/response.js";
import { html } from "../markup.js";
import { pageResponse } from "../page.js";
import { alert, form, type Visit } from "./visit.js";

export function signInPage(visit: Visit, problem?: string): Response {
  return pageResponse({
    title: "Sign in to 7digital",
    status: problem === undefined ? 200 : 403,
    content: html`${alert(problem)}
      ${form(
        visit,
        html`<label for="emailAddress">E-mail address</label>
          <input
            id="emailAddress"
            name="emailAddress"
            type="email"
            required
            autocomplete="username"
            value="${visit.form.get("emailaddress") ?? ""}"
          />
          <label for="password">Password</label>
          <input id="password" name="password" type="password" required autocomplete="current-password" />
          <button name="action" value="sign-in">Sign in</button>`,
      )}
      <p>To try it: <code>demo@sandbox.test</code> with the password <code>demo</code>.</p>`,
  });
}
