/** Streams of the later host: for users with a subscription, and for radio. In more formats than those of the API document. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorUpstream } from "../graph/operator.js";
import { badUserInput } from "../shared/client-error.js";
import { isVisible } from "../shared/search-text.js";
import { releaseIdOf } from "../catalogue/release-reading.js";
import { trackRef } from "../catalogue/refs.js";
import { streamCatalogue, streamCataloguePlaylist, streamSubscription, streamSubscriptionPlaylist } from "./endpoints.js";
import { signedUrl, signedUrlRef } from "./signed-url.graph.js";

const format = builder.enumType("StreamFormat", {
  description: "Format of a stream for a subscription or for radio.",
  values: {
    AAC_160: { value: "56", description: "AAC at 160 kbit/s (7digital's format 56)." },
    AAC_320: { value: "33", description: "AAC at 320 kbit/s (7digital's format 33)." },
    HE_AAC_64: { value: "55", description: "HE-AAC at 64 kbit/s (7digital's format 55)." },
    MP3_128: { value: "26", description: "MP3 at 128 kbit/s (7digital's format 26)." },
  },
} as const);

const delivery = builder.enumType("StreamDelivery", {
  description: "How a stream is delivered.",
  values: {
    FILE: { value: "file", description: "As one file, which players read in parts." },
    HLS: { value: "hls", description: "As a playlist of HTTP Live Streaming (.m3u8)." },
  },
} as const);

function streamArgs() {
  return builder.args((arg) => ({
    format: arg.field({ type: format, required: true, defaultValue: "56", description: "Format of the stream." }),
    delivery: arg.field({ type: delivery, required: true, defaultValue: "file", description: "How the stream is delivered." }),
  }));
}

builder.objectFields(trackRef, (t) => ({
  subscriptionStream: t.field({
    ...upstream(streamSubscription, { calls: 0, also: [streamSubscriptionPlaylist] }),
    type: signedUrlRef,
    description:
      "Signed link to stream the whole track, for a signed-in user with a subscription to streaming. 7digital checks the subscription " +
      "when the link is opened. Null if no user is signed in.",
    args: {
      ...streamArgs(),
      clientId: t.arg.string({
        description:
          "Your own ID of the user's device, of 1 to 100 printable characters. If given, 7digital lets the user stream on one device at a time.",
      }),
    },
    resolve: (track, args, scope) => {
      if (scope.user === undefined) return null;
      const clientId = args.clientId ?? undefined;
      if (clientId !== undefined && !isVisible(clientId, 100)) {
        throw badUserInput("clientId", "`clientId` has from 1 to 100 printable characters.");
      }
      const link = args.delivery === "hls" ? streamSubscriptionPlaylist : streamSubscription;
      const params = { trackId: track.trackId, releaseId: releaseIdOf(track), formatId: args.format, clientId };
      return signedUrl(link, params, scope, scope.user);
    },
  }),
  radioStream: t.field({
    ...operatorUpstream(streamCatalogue, { calls: 0, also: [streamCataloguePlaylist], nullOnlyWithError: true }),
    type: signedUrlRef,
    description:
      "Signed link to stream the whole track, for radio and other services without subscriptions or purchases. It names no user. " +
      "`catalogueStream` is the same on 7digital's earlier host.",
    args: streamArgs(),
    resolve: ({ trackId }, args, scope) =>
      signedUrl(args.delivery === "hls" ? streamCataloguePlaylist : streamCatalogue, { trackId, formatId: args.format }, scope),
  }),
}));
