/** Sends operations to the service, as its clients do. */
import { Agent, request } from "undici";
import { popularReads, userIdOf, type Goods, type Offer, type Planned } from "./plan.js";

export const operatorSecret = "operator-secret-of-resilience";

export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  /** What is wrong with it; undefined where nothing is. */
  readonly failure: string | undefined;
}

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Longer than any operation may take. */
const silenceMs = 60_000;
const ordinaryReleases = [155408, 302123, 36567, 3000, 3010, 3020];
const basketCount = 100;
/** While caches are filled. */
const atOnce = 8;

export class Client {
  private readonly agent = new Agent({ connections: 400, keepAliveTimeout: 30_000, bodyTimeout: silenceMs, headersTimeout: silenceMs });
  private nth = 0;

  /** @param origins Of the copies, which take turns, or of the proxy in front of them. */
  constructor(private readonly origins: readonly string[]) {}

  async send({ query, variables, from }: Pick<Planned, "query" | "variables" | "from">): Promise<Answer> {
    const origin = this.origins[this.nth++ % this.origins.length] ?? "";
    const sender =
      "userId" in from ? { "x-7d-user-id": from.userId, "x-7d-operator-secret": operatorSecret } : { "x-forwarded-for": from.address };
    try {
      const { statusCode, body } = await request(`${origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json", ...sender },
        body: JSON.stringify({ query, variables }),
        dispatcher: this.agent,
      });
      return answerOf(statusCode, await body.text());
    } catch (error) {
      return { data: {}, failure: error instanceof Error ? `${error.name} ${error.message}` : String(error) };
    }
  }

  /** Prices, and empty baskets. @throws Error */
  async goods(userId: string): Promise<Goods> {
    const priced = "query ($id: ID!) { release(id: $id) { tracks(first: 1) { nodes { id price { quote } } } } }";
    const offers = ordinaryReleases.map(async (id) => offerIn(await this.sure(priced, { id: `release:${String(id)}` }, userId)));
    const baskets = Array.from({ length: basketCount }, async () => {
      const data = await this.sure("mutation { basketCreate { basket { id } } }", {}, userId);
      return (data["basketCreate"] as { readonly basket: { readonly id: string } }).basket.id;
    });
    return { offers: await Promise.all(offers), baskets: await Promise.all(baskets) };
  }

  /** So that caches are as full as they usually are. */
  async warmUp(): Promise<void> {
    // As the operator: one address may not ask so often.
    const waiting = popularReads().flatMap(({ query, variables }) =>
      this.origins.map(() => ({ query, variables, from: { userId: userIdOf(0) } })),
    );
    const work = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await this.send(next);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async sure(query: string, variables: Planned["variables"], userId: string): Promise<Answer["data"]> {
    const { data, failure } = await this.send({ query, variables, from: { userId } });
    if (failure !== undefined) throw new Error(failure);
    return data;
  }
}

function answerOf(status: number, text: string): Answer {
  if (status !== 200) return { data: {}, failure: `HTTP ${String(status)} ${text.slice(0, 200)}` };
  const { data, errors } = JSON.parse(text) as Body;
  const failure = errors !== undefined || !data ? JSON.stringify(errors).slice(0, 300) : undefined;
  return { data: data ?? {}, failure };
}

function offerIn(data: Answer["data"]): Offer {
  const { tracks } = data["release"] as {
    readonly tracks: { readonly nodes: readonly { readonly id: string; readonly price: { readonly quote: string } | null }[] };
  };
  const [track] = tracks.nodes;
  if (!track?.price) throw new Error("The sandbox returns no price.");
  return { itemId: track.id, quote: track.price.quote };
}
