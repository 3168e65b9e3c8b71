/** What a media link is good for, and the file that is made of it: a track's sound, or a ZIP of several. */

import { arpeggio, clipPath } from "./clip.js";
import type { Catalogue, Release, Track } from "../../model.js";
import type { Response } from "../../http/response.js";
import { zip } from "./zip.js";

export interface DeliveredTrack {
  readonly trackId: number;
  readonly releaseId: number;
}

export interface Delivery {
  readonly tracks: readonly DeliveredTrack[];
  readonly formatId: number | null;
  /** Name of the ZIP the tracks are packed into; null for the one track as it is. */
  readonly archive: string | null;
  /** A stream is played, a download is saved. */
  readonly disposition: "attachment" | "inline";
  /** A list of where the sound is, for players of HTTP Live Streaming. */
  readonly playlist?: true;
}

export function fileResponse({ tracks: delivered, archive, disposition, playlist }: Delivery, catalogue: Catalogue): Response {
  if (playlist === true) return playlistResponse(delivered);
  const tracks = delivered.flatMap(({ trackId }) => catalogue.track(trackId) ?? []);
  const name = archive ?? tracks.map(trackFileName).join();
  return {
    status: 200,
    headers: {
      "Content-Type": archive === null ? "audio/wav" : "application/zip",
      "Content-Disposition": `${disposition}; ${fileNameParameters(name)}`,
      "Accept-Ranges": "bytes",
      "Cache-Control": "no-cache, no-store",
    },
    body: archive === null ? Buffer.concat(tracks.map(({ id }) => arpeggio(id))) : zip(tracks.map((track) => packed(track, catalogue))),
  };
}

/** @see RFC 8216. The one segment is the WAV of the track's clip, which not every player takes. */
function playlistResponse(delivered: readonly DeliveredTrack[]): Response {
  const segments = delivered.flatMap(({ trackId }) => ["#EXTINF:2.0,", clipPath(trackId)]);
  const lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2", "#EXT-X-PLAYLIST-TYPE:VOD", ...segments, "#EXT-X-ENDLIST", ""];
  const headers = { "Content-Type": "application/vnd.apple.mpegurl", "Cache-Control": "no-cache, no-store" };
  return { status: 200, headers, body: lines.join("\n") };
}

export function releaseArchiveName(release: Release): string {
  return fileName(`${release.appearsAs} - ${release.title}`, "zip");
}

/** "7digital_Downloads_21-10-2010.zip", by the day in UTC. */
export function purchaseArchiveName(nowMs: number): string {
  const [year, month, day] = new Date(nowMs).toISOString().slice(0, 10).split("-");
  return `7digital_Downloads_${day}-${month}-${year}.zip`;
}

/** A folder for each release, and numbers that keep tracks of one title apart. */
function packed(track: Track, catalogue: Catalogue): { readonly name: string; readonly content: Buffer } {
  const release = catalogue.release(track.releaseId);
  const folder = release === undefined ? "" : `${withoutMarks(`${release.appearsAs} - ${release.title}`)}/`;
  const position = `${track.disc}-${String(track.number).padStart(2, "0")}`;
  return { name: `${folder}${position} ${trackFileName(track)}`, content: arpeggio(track.id) };
}

function trackFileName({ appearsAs, title }: Track): string {
  return fileName(`${appearsAs} - ${title}`, "wav");
}

function fileName(name: string, extension: string): string {
  return `${withoutMarks(name)}.${extension}`;
}

/** What some system takes for more than a part of a name. */
function withoutMarks(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "_").trim();
}

/** @see RFC 6266: every reader knows the first form, the second says what it cannot. */
function fileNameParameters(name: string): string {
  const plain = `filename="${name.replace(/[^\x20-\x7e]/gu, "_")}"`;
  if (/^[\x20-\x7e]*$/.test(name)) return plain;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${plain}; filename*=UTF-8''${encoded}`;
}
