/** Asks the REST API in one store: one HTTP call for each question, and nothing is remembered. */
import { GraphQLError } from "graphql";
import { request, type Dispatcher } from "undici";
import { Element } from "./element.js";

export interface Upstream {
  /** With the version prefix. */
  readonly baseUrl: string;
  readonly dispatcher: Dispatcher;
}

export type Store = { readonly country: string } | { readonly shopId: string };

/** A question that can be asked again. */
export type Ask<T = Element> = () => Promise<T>;

type Params = Readonly<Record<string, string | number | undefined>>;

export function failed(code: string): GraphQLError {
  return new GraphQLError(code, { extensions: { code } });
}

export class Shop {
  constructor(
    private readonly upstream: Upstream,
    readonly store: Store,
  ) {}

  in(store: Store): Shop {
    return new Shop(this.upstream, store);
  }

  /** The element of that name in the method's answer. */
  async ask(method: string, params: Params, name: string): Promise<Element> {
    const url = new URL(`${this.upstream.baseUrl}/${method}`);
    const all: Params = { oauth_consumer_key: "naive", ...params, ...this.store };
    for (const [key, value] of Object.entries(all)) if (value !== undefined) url.searchParams.set(key, String(value));
    const { body } = await request(url, { dispatcher: this.upstream.dispatcher });
    const response = Element.read(await body.text());
    const error = response.child("error");
    if (error) throw failed(meaning(error.attribute("code") ?? ""));
    const content = response.child(name);
    if (!content) throw new Error(`${method} answered without ${name}.`);
    return content;
  }
}

/** @see API document, "Error codes" */
function meaning(code: string): string {
  if (code === "2001") return "NOT_FOUND";
  if (code === "2002") return "NOT_AVAILABLE_IN_COUNTRY";
  return /^1\d{3}$/.test(code) ? "UPSTREAM_REJECTED_INPUT" : "UPSTREAM_ERROR";
}

/** Null where there is no such thing. */
export async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions["code"] === "NOT_FOUND") return null;
    throw error;
  }
}

interface StoreNames {
  readonly country?: string | null;
  readonly shopId?: string | null;
}

/** The store that arguments name, if they name one: a shop before a country. */
export function namedStore({ country, shopId }: StoreNames): Store | undefined {
  if (shopId === null || shopId === undefined) return country ? { country: country.toUpperCase() } : undefined;
  if (!/^[1-9]\d{0,9}$/.test(shopId)) throw failed("BAD_USER_INPUT");
  return { shopId };
}
