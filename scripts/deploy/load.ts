/** Clients that ask all the time: each makes a basket, adds a line to it, and reads an artist. */
import { Agent, request } from "undici";

const track = "track:1628015:155408";
const addLine = `mutation ($basket: ID!) {
  basketLinesAdd(input: { basketId: $basket, lines: [{ itemId: "${track}" }] }) { basket { id } userErrors { message } }
}`;

export class Load {
  /** Requests, and the mutations among them by the call to 7digital that each makes. */
  asked = 0;
  baskets = 0;
  lines = 0;
  readonly failures: string[] = [];
  private ended = false;
  // One keeps its connections, the other has a new one for each request.
  private readonly agents = [new Agent(), new Agent({ pipelining: 0 })];
  private readonly clients: readonly Promise<void>[];

  constructor(
    private readonly origin: string,
    readonly size: number,
  ) {
    this.clients = Array.from({ length: size }, (_, n) => this.client(this.agents[n % 2]));
  }

  /** Resolves when the last requests are answered. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all(this.clients);
    await Promise.all(this.agents.map((agent) => agent.destroy()));
  }

  private async client(agent: Agent | undefined): Promise<void> {
    while (!this.ended) {
      this.baskets += 1;
      const made = await this.ask(agent, "mutation { basketCreate { basket { id } } }");
      const [, basket] = /"basket":\{"id":"([^"]+)"/.exec(made ?? "") ?? [];
      if (basket !== undefined) {
        this.lines += 1;
        await this.ask(agent, addLine, { basket });
      }
      await this.ask(agent, `{ artist(id: "1") { name } }`);
    }
  }

  /** @returns The response's body; undefined where there is no good one. */
  private async ask(agent: Agent | undefined, query: string, variables: object = {}): Promise<string | undefined> {
    this.asked += 1;
    try {
      const headers = { "content-type": "application/json" };
      const options = { method: "POST", headers, body: JSON.stringify({ query, variables }), ...(agent && { dispatcher: agent }) } as const;
      const { statusCode, body } = await request(`${this.origin}/graphql`, options);
      const text = await body.text();
      const isGood = statusCode === 200 && !text.includes('"errors"') && !text.includes('"message"');
      if (isGood) return text;
      this.failures.push(`${String(statusCode)} ${text.slice(0, 300)}`);
    } catch (error) {
      this.failures.push(String(error));
    }
    return undefined;
  }
}
