/** How the media hosts tell a browser what went wrong: by sending it somewhere, with the error in the address.
 *  @see API document, "Media" */

import type { ApiError } from "../../api/errors.js";
import type { Response } from "../../http/response.js";
import { isHandback, withParameters } from "../handback.js";
import { html } from "../markup.js";
import { pageResponse, redirect } from "../page.js";
import type { MediaQuery } from "./media-parameters.js";

/** Undefined where the link names none that leads anywhere. */
export function errorUrlOf(query: MediaQuery): string | undefined {
  const errorUrl = query.get("errorurl") ?? "";
  return isHandback(errorUrl) ? errorUrl : undefined;
}

export function mediaErrorRedirect(error: ApiError, errorUrl: string): Response {
  return redirect(withParameters(errorUrl, { errorCode: error.code, errorMsg: error.message }));
}

/** The standard page, for links without an errorUrl. */
export function mediaErrorPage(query: MediaQuery): Response {
  return pageResponse({
    title: "Your download did not work",
    content: html`<p role="alert">${query.get("errormsg") ?? ""}</p>
      <p>Error ${query.get("errorcode") ?? ""}</p>`,
  });
}
