/** Lets pages of every origin play and read media: `<audio crossorigin>`, `fetch` and Web Audio.
 *  @see Fetch Standard, "CORS protocol" */

import { openToPages } from "../../http/headers.js";
import type { Response } from "../../http/response.js";

/** What a script may read beyond the few headers that it always may. */
const exposed = "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, X-Sandbox-Reason";

export function readableByPages(response: Response): Response {
  return { ...response, headers: { ...response.headers, ...openToPages, "Access-Control-Expose-Headers": exposed } };
}

/** The answer to a preflight request: browsers ask before they send a Range header that is not a simple one. */
export const preflightResponse: Response = {
  status: 204,
  headers: {
    ...openToPages,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Range",
    "Access-Control-Max-Age": "86400",
  },
  body: "",
};
