import { expect, it } from "vitest";
import * as endpoints from "../../../../src/catalogue/endpoints/playlist.js";
import { trackSearch, trackSearch2 } from "../../../../src/catalogue/endpoints/track.js";
import { decoded } from "../../../support/decoded.js";

const page = "<page>1</page><pageSize>10</pageSize><totalItems>1</totalItems>";
const links = `<links><link rel="self" href="http://api.7digital.com/1.2/playlists/52b"/></links>`;
const listed = `<playlist id="52b"><lastUpdated>2014-01-22T14:52:21.988Z</lastUpdated><name>Chill</name>${links}<trackCount>4</trackCount><visibility>Private</visibility></playlist>`;
const track = `<track id="5a"><trackId>55</trackId><trackTitle>One</trackTitle><artistId xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/><artistAppearsAs>F</artistAppearsAs><source>7digital</source></track>`;

it("playlists: gives a page of playlists with the number of their tracks", () => {
  const { totalItems, items } = decoded(endpoints.playlists, `<playlists>${page}${listed}</playlists>`);
  expect(totalItems).toBe(1);
  expect(items).toMatchObject([
    {
      playlistId: "52b",
      name: "Chill",
      trackCount: 4,
      visibility: "Private",
      lastUpdated: "2014-01-22T14:52:21.988Z",
      links: [{ rel: "self", href: "http://api.7digital.com/1.2/playlists/52b" }],
    },
  ]);
});

it("user/playlists: gives the same for the user", () => {
  expect(decoded(endpoints.userPlaylists, `<playlists>${page}${listed}</playlists>`).items).toMatchObject([{ playlistId: "52b" }]);
  expect(endpoints.userPlaylists.auth).toBe("user");
});

it("playlists/{playlistId}: gives the tracks, tags and annotations of a playlist", () => {
  const tags = "<tags><tag><name>calm</name></tag></tags>";
  const annotations = `<annotations><annotation key="mood">blue</annotation></annotations>`;
  const content = `<playlist id="52b"><name>Chill</name>${tags}${annotations}<tracks>${track}</tracks></playlist>`;
  expect(decoded(endpoints.playlist, content)).toMatchObject({
    playlistId: "52b",
    tags: [{ name: "calm" }],
    annotations: [{ key: "mood", value: "blue" }],
    tracks: [{ playlistTrackId: "5a", trackId: "55", trackTitle: "One", artistId: null, source: "7digital" }],
  });
});

it("playlists/{playlistId}/tracks: gives a page of tracks", () => {
  expect(decoded(endpoints.playlistTracks, `<tracks>${page}${track}</tracks>`).items).toMatchObject([{ trackId: "55" }]);
});

it("playlists/tags: gives all tags", () => {
  expect(decoded(endpoints.playlistTags, "<tags><tag><name>calm</name></tag></tags>").items).toEqual([{ name: "calm" }]);
});

it("playlists/{playlistId}/tracks/{playlistTrackId}: only has to say ok, as deleting a whole playlist", () => {
  for (const one of [endpoints.playlistDelete, endpoints.playlistTrackDelete]) {
    expect(decoded(one, "")).toBe(true);
    expect(one).toMatchObject({ verb: "DELETE", auth: "user", effect: "write" });
  }
});

it("track/search2: decodes as track/search", () => {
  const results = `<searchResults>${page}<searchResult><score>1.5</score><track id="9"><title>Nine</title></track></searchResult></searchResults>`;
  expect(decoded(trackSearch2, results)).toEqual(decoded(trackSearch, results));
  expect(decoded(trackSearch2, results).items).toMatchObject([{ score: 1.5, item: { trackId: "9", title: "Nine" } }]);
});
