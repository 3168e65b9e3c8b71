/** user/download/purchase: all that the user bought at once, in a ZIP file. */
import { id, optional, text } from "../../upstream/request/params.js";
import { mediaLink } from "../link.js";

export const userDownloadPurchase = mediaLink({
  path: "user/download/purchase",
  host: "mediaUrl",
  consumesDownload: true,
  params: { purchaseId: id, errorUrl: optional(text) },
});
