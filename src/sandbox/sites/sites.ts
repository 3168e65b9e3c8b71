/** What 7digital keeps beside its API, at other hosts of the same name: pages for a person with a browser, and media. */

import type { Accounts } from "../accounts/model.js";
import type { Catalogue } from "../model.js";
import type { Uses } from "../oauth/signature-check.js";
import type { ApiRequest } from "../http/request.js";
import type { Response } from "../http/response.js";
import { accountResponse } from "./account/account-site.js";
import { cardRegistrationResponse } from "./account/card-registration.js";
import { Sessions } from "./account/sessions.js";
import { Downloads } from "./media/downloads.js";
import { MediaLinks } from "./media/links.js";
import { mediaResponse } from "./media/media-site.js";
import { stylesheetResponse } from "./page.js";

export interface Sites {
  readonly accounts: Accounts;
  readonly catalogue: Catalogue;
  /** Shared with the API, for the signed addresses of account pages. */
  readonly nonces: Uses;
  readonly sessions: Sessions;
  readonly links: MediaLinks;
  readonly downloads: Downloads;
  /** Back to the start: no one signed in, nothing delivered. */
  clear(): void;
}

export function createSites(accounts: Accounts, catalogue: Catalogue, nonces: Uses): Sites {
  const [sessions, links, downloads] = [new Sessions(), new MediaLinks(), new Downloads()];
  const clear = () => {
    for (const memory of [sessions, links, downloads]) memory.clear();
  };
  return { accounts, catalogue, nonces, sessions, links, downloads, clear };
}

/** Null for a path that is none of theirs. `nowMs` is epoch ms. */
export function siteResponse(sites: Sites, request: ApiRequest, nowMs: number): Response | null {
  return (
    mediaResponse(sites, request, nowMs) ??
    accountResponse(sites, request, nowMs) ??
    cardRegistrationResponse(sites.accounts, request, nowMs) ??
    stylesheetResponse(request.path)
  );
}
