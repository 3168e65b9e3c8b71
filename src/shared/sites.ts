/** Where 7digital's pages and media are, and by which key we are known there. */
import type { UpstreamConfig } from "../config/config.js";
import { bound } from "./scope.js";

export type Sites = Pick<UpstreamConfig, "accountUrl" | "mediaUrl" | "streamUrl" | "streamServiceUrl" | "previewUrl" | "consumerKey">;

export const sites = bound<Sites>("sites");
