/** The media hosts: finds the method a link names, checks its signature, counts what it delivers once, and reports errors the way
 *  the method does. */

import type { Accounts, User } from "../../accounts/model.js";
import { arpeggio, clippedTrack, clipPath } from "./clip.js";
import { preflightResponse, readableByPages } from "./cors.js";
import { ApiError, PlainError, statusOf, unauthorised } from "../../api/errors.js";
import type { Catalogue } from "../../model.js";
import { checkSignature, type Verdict } from "../../oauth/signature-check.js";
import { originOf, type ApiRequest } from "../../http/request.js";
import { plainText, type Response } from "../../http/response.js";
import { storeOf } from "../../api/stores.js";
import { firstValues } from "../first-values.js";
import { personOf } from "../person.js";
import { redirect } from "../page.js";
import { fileResponse, type Delivery } from "./delivery.js";
import type { Downloads } from "./downloads.js";
import type { MediaLinks } from "./links.js";
import { errorUrlOf, mediaErrorPage, mediaErrorRedirect } from "./media-errors.js";
import { mediaMethods, notAvailable, type MediaMethod } from "./media-methods.js";
import type { MediaQuery } from "./media-parameters.js";
import { ranged } from "./range.js";

export interface MediaSite {
  readonly accounts: Accounts;
  readonly catalogue: Catalogue;
  readonly links: MediaLinks;
  readonly downloads: Downloads;
}

interface MediaCall {
  readonly site: MediaSite;
  readonly request: ApiRequest;
  readonly query: MediaQuery;
  readonly nowMs: number;
}

/** Null for a path the media hosts do not have. */
export function mediaResponse(site: MediaSite, request: ApiRequest, nowMs: number): Response | null {
  const answer = answerAt(request.path);
  if (answer === null) return null;
  return request.verb === "OPTIONS"
    ? preflightResponse
    : readableByPages(answered(answer, { site, request, query: firstValues(request.query), nowMs }));
}

function answered(answer: MediaAnswer, call: MediaCall): Response {
  const { verb } = call.request;
  if (verb !== "GET" && verb !== "HEAD") return plainText(405, "Method not allowed", { Allow: "GET, HEAD" });
  try {
    return answer(call);
  } catch (error) {
    if (error instanceof PlainError) return plainText(error.status, error.message, error.headers);
    if (error instanceof ApiError) return plainText(statusOf(error.code), error.message);
    throw error;
  }
}

type MediaAnswer = (call: MediaCall) => Response;

function answerAt(path: string): MediaAnswer | null {
  const clipped = clippedTrack(path);
  if (clipped !== null) return ({ request }) => partAsked(clipResponse(clipped), request);
  const [, previewed] = /^\/clip\/(\d{1,10})\/?$/i.exec(path) ?? [];
  if (previewed !== undefined) return (call) => preview(call, Number(previewed));
  const [, below, hosted] = /^\/(?:media\/(.+?)|(stream\/.+?))\/?$/.exec(path.toLowerCase()) ?? [];
  const name = below ?? hosted ?? "";
  if (name === "error") return ({ query }) => mediaErrorPage(query);
  const method = mediaMethods.get(name);
  return method === undefined ? null : (call) => media(call, name, method);
}

function clipResponse(trackId: number): Response {
  const headers = { "Content-Type": "audio/wav", "Accept-Ranges": "bytes", "Cache-Control": "private, max-age=3600" };
  return { status: 200, headers, body: arpeggio(trackId) };
}

/** Needs no user. */
function preview(call: MediaCall, trackId: number): Response {
  const { site, query, request } = call;
  checkedSignature(call);
  const track = site.catalogue.track(trackId);
  if (track === undefined) throw new ApiError(2001, "Track not found");
  if (!site.catalogue.isAvailable(track, storeOf(query.get("country"), query.get("shopid")))) throw notAvailable();
  return redirect(originOf(request) + clipPath(trackId));
}

function media(call: MediaCall, name: string, method: MediaMethod): Response {
  const { verdict, signature } = checkedSignature(call);
  const { site, request, query, nowMs } = call;
  const user = personOf(site.accounts, verdict, query);
  try {
    const before = site.links.delivered(signature);
    const delivery = before ?? method.deliver({ accounts: site.accounts, catalogue: site.catalogue, query, user, nowMs });
    const response = partAsked(fileResponse(delivery, site.catalogue), request);
    if (before === undefined && request.verb === "GET" && response.status < 300) {
      site.links.remember(signature, delivery);
      count(call, delivery, method.counts ? user : undefined);
      const { formatId, tracks } = delivery;
      site.downloads.add({ at: nowMs, method: name, userId: user?.id ?? null, formatId, trackIds: tracks.map(({ trackId }) => trackId) });
    }
    return response;
  } catch (error) {
    if (!(error instanceof ApiError) || method.errors === "answered") throw error;
    const errorUrl = errorUrlOf(query);
    if (errorUrl === undefined && method.errors === "redirected-on-request") throw error;
    return mediaErrorRedirect(error, errorUrl ?? `${originOf(request)}/media/error`);
  }
}

/** A link is signed to be fetched, and may also be asked about. */
function checkedSignature({ site, request, nowMs }: MediaCall): { readonly verdict: Verdict; readonly signature: string } {
  const verdict = checkSignature({ ...request, verb: "GET" }, site.links, site.accounts, nowMs);
  if (verdict.kind === "rejected") throw unauthorised("Access to resource denied", verdict.reason);
  if (verdict.kind === "unsigned") throw unauthorised("Not authorised - no user credentials provided");
  const signature = [...request.authorization, ...request.query].find(([name]) => name === "oauth_signature")?.[1] ?? "";
  return { verdict, signature };
}

function count({ site }: MediaCall, { tracks }: Delivery, user: User | undefined): void {
  if (user === undefined) return;
  for (const { trackId, releaseId } of tracks) site.accounts.countDownload(user, trackId, releaseId);
}

function partAsked(response: Response, { verb, range }: ApiRequest): Response {
  return verb === "GET" ? ranged(response, range) : response;
}
