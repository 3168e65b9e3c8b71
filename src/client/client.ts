/** 7digital's REST API in Node, without GraphQL: the package's `./client`. See docs/rest-client.md. */
import { randomBytes } from "node:crypto";
import { createClientIn } from "./create-client.js";
import type { ClientOptions } from "./options.js";
import type { SevendigitalClient } from "./sevendigital-client.js";

export type { Answer, Caching, RateLimit } from "./answer.js";
export type { Arguments, Call, Request, UntypedAnswer } from "./calls.js";
export { clientOptionsFromEnv } from "./environment.js";
export { SevendigitalError, type ErrorCode } from "./error.js";
export { methods, type MethodInfo, type MethodName, type Methods, type ParamInfo } from "./methods.js";
export type { CallOptions, ClientOptions, DefaultParams, Defaults, ParamValue, ProxyOptions, RequestOptions } from "./options.js";
export type { Token, UntypedParams, UsageType, User } from "./options.js";
export type { Authorisation, RequestToken, RequestTokenOptions, SignIn } from "./sign-in.js";
export type { SevendigitalClient } from "./sevendigital-client.js";
export { asList, type XmlNode, type XmlTree } from "./xml-tree.js";
export { ConfigError } from "../config/config-error.js";
export { isReadable, type Unreadable } from "../upstream/xml/unreadable.js";

/** @throws ConfigError naming every option that is wrong */
export function createClient(options: ClientOptions): SevendigitalClient {
  return createClientIn({ now: Date.now, nonce: () => randomBytes(16).toString("hex"), random: Math.random }, options);
}
