/** Recorded responses by method. Recorded parts of responses are put into whole ones. */
import { readRecordings } from "../../support/given-material.js";

export interface RecordedBody {
  readonly file: string;
  /** In lower case. */
  readonly method: string;
  readonly body: string;
}

/** What is no response of 7digital's, and why. */
export interface LeftOut {
  readonly file: string;
  readonly why: string;
}

type Whole = readonly [method: string, before: string, after: string];

const basket = '<basket id="00000000-0000-0000-0000-000000000001"><basketItems>';
const owned = '<lockerRelease><release id="1"><title>x</title></release><lockerTracks>';
const locker = "<locker><lockerReleases>";
const afterLocker = "</lockerReleases></locker>";

/** Whole responses around parts, by the name of the part's outermost element. */
const wholes: Readonly<Record<string, Whole>> = {
  artist: ["artist/details", "", ""],
  artists: ["artist/similar", "", ""],
  basket: ["basket", "", ""],
  basketItems: ["basket", basket.replace("<basketItems>", ""), "</basket>"],
  basketItem: ["basket", basket, "</basketItems></basket>"],
  card: ["user/payment/card", "<cards>", "</cards>"],
  cards: ["user/payment/card", "", ""],
  downloadUrl: [
    "user/locker",
    `${locker}${owned}<lockerTrack><track id="1"/><downloadUrls>`,
    `</downloadUrls></lockerTrack></lockerTracks></lockerRelease>${afterLocker}`,
  ],
  list: ["editorial/list", "", ""],
  listItems: ["editorial/list", '<list id="1"><key>x</key>', "</list>"],
  listItem: ["editorial/list", '<list id="1"><key>x</key><listItems>', "</listItems></list>"],
  locker: ["user/locker", "", ""],
  lockerReleases: ["user/locker", "<locker>", "</locker>"],
  lockerRelease: ["user/locker", locker, afterLocker],
  lockerTracks: ["user/locker", `${locker}${owned.replace("<lockerTracks>", "")}`, `</lockerRelease>${afterLocker}`],
  lockerTrack: ["user/locker", `${locker}${owned}`, `</lockerTracks></lockerRelease>${afterLocker}`],
  oauth_access_token: ["oauth/accesstoken", "", ""],
  oauth_request_token: ["oauth/requesttoken", "", ""],
  price: ["release/details", '<release id="1">', "</release>"],
  release: ["release/details", "", ""],
  tag: ["artist/tags", "<tags>", "</tags>"],
  track: ["track/details", "", ""],
  user: ["user/details", "", ""],
};

export function recordedBodies(): { readonly bodies: readonly RecordedBody[]; readonly leftOut: readonly LeftOut[] } {
  const bodies: RecordedBody[] = [];
  const leftOut: LeftOut[] = [];
  for (const { file, method, body } of readRecordings()) {
    const text = body.replace(/^\ufeff/, "");
    const root = /<([\w.:-]+)[\s/>]/.exec(text.replace(/<\?[^>]*\?>/, ""))?.[1];
    if (file.endsWith(".json")) leftOut.push({ file, why: "what 7digital's client for Node makes of a response" });
    else if (root === undefined) leftOut.push({ file, why: "plain text, which has no elements" });
    else if (root === "response" && !method.startsWith("object-")) bodies.push({ file, method: methodOf(file, method), body: text });
    else {
      const whole = wholeOf(root, text);
      if (whole === undefined) leftOut.push({ file, why: "a part of a response of no method" });
      else bodies.push({ file, ...whole });
    }
  }
  return { bodies, leftOut };
}

/** The index has all methods for cards under one name, and the name of the file has the rest. */
function methodOf(file: string, method: string): string {
  const [, change] = /^user-payment-card__(add|delete|select)-/.exec(file) ?? [];
  return change === undefined ? method.toLowerCase() : `user/payment/card/${change}`;
}

function wholeOf(root: string, text: string): Omit<RecordedBody, "file"> | undefined {
  if (root === "response") return { method: "release/bytag/top", body: text };
  const chart = /<(artist|release|track)\s/.exec(text)?.[1] ?? "artist";
  const [method, before, after] = root === "chartItem" ? [`${chart}/chart`, "<chart>", "</chart>"] : (wholes[root] ?? []);
  if (method === undefined) return undefined;
  const part = text.replace(/<\?[^>]*\?>/, "").trim();
  const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  return { method, body: `<response status="ok" version="1.2" ${xsi}>${before}${part}${after}</response>` };
}
