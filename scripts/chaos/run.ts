/** Plays one run: a client who wants one thing once, through whatever befalls it, until all is well again and it asks what became of it. */
import { setTimeout as wait } from "node:timers/promises";
import type { Dispatcher } from "undici";
import type { Sandbox } from "../../src/sandbox/sandbox.js";
import { Client, type Order } from "./client.js";
import type { Databases } from "./databases.js";
import type { Facades } from "./facades.js";
import type { Answer, History, Key, Label, Said } from "./history.js";
import { idempotencyKeyOf, labelIn, markOf, markOfEntry, markOfSale, userIdOf } from "./mark.js";
import type { Plan } from "./plan.js";
import type { Proxy } from "./proxy.js";
import { createUser, type Shop } from "./shop.js";
import { Wire } from "./wire.js";

/** What all runs share. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly proxy: Proxy;
  readonly facades: Facades;
  readonly databases: Databases;
  readonly connections: Dispatcher;
  readonly shop: Shop;
}

export interface Played {
  readonly history: History;
  /** Whether what was planned for the purchase came to pass. */
  readonly struck: boolean;
  /** 7digital's own id of the user. */
  readonly userId: number;
}

/** How long it may take, once all is well, until it is known how a purchase ended. Other runs still kill façades meanwhile, and make so many
 *  calls fail that the breaker lets but one through in five seconds, which may fail as well. */
const patienceMs = 180_000;
const pauseMs = 60;
const longestPauseMs = 1000;

/** How often a purchase that was not sent meets what is planned for it. */
const mostTries = 5;

export async function play(plan: Plan, stage: Stage): Promise<Played> {
  const { run } = plan;
  const user = createUser(stage.sandbox, userIdOf(run), plan.card);
  const wire = new Wire(plan.strike, plan.locker);
  stage.proxy.add(run, wire);
  const client = new Client(stage.facades, userIdOf(run), stage.connections);
  const player = new Player(plan, stage, client, wire, await orderOf(plan, stage, client));
  for (let tries = 1; ; tries += 1) {
    await player.trouble();
    // What the breaker held back, because of other runs, was not struck yet.
    if (wire.struck || wire.calls.length > 0 || tries === mostTries) break;
    await wait(longestPauseMs);
  }
  wire.heal();
  await wire.idle();
  const final = await player.health();
  return { history: player.history(user.id, final), struck: wire.struck, userId: user.id };
}

/** A basket takes a façade to make it; one that is killed just then is not what this is about. */
async function orderOf(plan: Plan, { facades, shop }: Stage, client: Client): Promise<(mark: string) => Order> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      await facades.allUp();
      return await shop.orderOf(plan.wanted, client, plan.lastFacade);
    } catch (error) {
      if (Date.now() > until) throw error;
      await wait(pauseMs);
    }
  }
}

class Player {
  private readonly said: Said[] = [];
  private isArmed = false;

  constructor(
    readonly plan: Plan,
    readonly stage: Stage,
    readonly client: Client,
    readonly wire: Wire,
    readonly order: (mark: string) => Order,
  ) {}

  /** Sends, as often and as badly as planned. */
  async trouble(): Promise<void> {
    const { submissions, kill, otherPayload, rival } = this.plan;
    const [{ facade }] = submissions;
    const called = new Promise<void>((resolve) => this.wire.onCalled(resolve));
    if (kill !== undefined && !this.isArmed) this.armKill(kill);
    this.isArmed = true;
    const sent = submissions.map(async ({ facade: at, afterMs, patienceMs: patience }) => {
      await wait(afterMs);
      await this.submit("main", at, patience);
    });
    const all = Promise.all(sent);
    await Promise.race([called, all]);
    if (this.wire.calls.length > 0) {
      await Promise.all([
        otherPayload ? this.otherPayload(facade) : undefined,
        rival ? this.submit("rival", this.plan.lastFacade) : undefined,
      ]);
    }
    await all;
  }

  /** Asks how it ended, sends it once more, and asks again. */
  async health(): Promise<History["final"]> {
    const { lastFacade, rival, otherPayload } = this.plan;
    await this.settled("main");
    let main: Answer | undefined;
    // What was not sent may be sent again; once more for each outage of another run that it meets.
    const until = Date.now() + patienceMs;
    do {
      await this.resubmitted();
      main = await this.settled("main");
    } while (main?.kind === "reported" && main.status === "NOT_SENT" && Date.now() < until);
    if (otherPayload && main?.kind === "reported" && main.status !== "NOT_SENT") await this.otherPayload(lastFacade);
    return { main, rival: rival ? await this.settled("rival") : undefined };
  }

  history(userId: number, final: History["final"]): History {
    const { sandbox } = this.stage;
    const sales = sandbox.sales
      .filter((sale) => sale.userId === userId)
      .map((sale) => ({ label: labelIn(markOfSale(sale)), purchaseId: String(sale.purchaseId) }));
    const mine = new Map<string, Label>((["main", "rival", "other"] as const).map((label) => [markOf(this.plan.run, label), label]));
    const journalled = sandbox.journal.entries().flatMap((entry) => mine.get(markOfEntry(entry)) ?? []);
    return { said: this.said, calls: this.wire.calls, sales, journalled, disturbed: this.stage.databases.recordPeriods, final };
  }

  private armKill({ facade, at, afterMs }: NonNullable<Plan["kill"]>): void {
    const kill = (): void => {
      if (afterMs === 0) this.stage.facades.kill(facade);
      else setTimeout(() => this.stage.facades.kill(facade), afterMs);
    };
    if (at === "submission") kill();
    else if (at === "record") this.stage.databases.onCommitted(idempotencyKeyOf(this.plan.run, "main"), kill);
    else if (at === "call") this.wire.onCalled(kill);
    else this.wire.onAnswered(kill);
  }

  private async submit(key: Key, facade: number, patience?: number): Promise<Answer> {
    return this.send("submit", this.order(markOf(this.plan.run, key)), { key, facade, patienceMs: patience });
  }

  private async otherPayload(facade: number): Promise<void> {
    await this.send("otherPayload", this.order(markOf(this.plan.run, "other")), { key: "main", facade });
  }

  private async send(by: "submit" | "otherPayload", order: Order, asking: { key: Key; facade: number; patienceMs?: number | undefined }) {
    const input = { ...order.input, idempotencyKey: idempotencyKeyOf(this.plan.run, asking.key) };
    return this.keep(await this.client.submit(by, { ...order, input }, asking));
  }

  private keep(said: Said): Answer {
    this.said.push(said);
    return said.answer;
  }

  /** The last word: asks until it is known, or for as long as it may take. */
  private async settled(key: Key): Promise<Answer | undefined> {
    const asked = idempotencyKeyOf(this.plan.run, key);
    return this.until(
      async () => this.keep(await this.client.ask(asked, { key, facade: this.plan.lastFacade })),
      (answer) =>
        answer.kind !== "none" && answer.kind !== "unreadable" && !(answer.kind === "reported" && this.isStillOpen(key, answer.status)),
    );
  }

  /** Where there is a sale the locker shows it, and asking settles it. */
  private isStillOpen(key: Key, status: string): boolean {
    if (status === "IN_PROGRESS") return true;
    if (status !== "OUTCOME_UNKNOWN") return false;
    const mark = markOf(this.plan.run, key);
    return this.stage.sandbox.sales.some((sale) => markOfSale(sale) === mark);
  }

  /** Sends it again until it is not refused. */
  private async resubmitted(): Promise<void> {
    await this.until(
      () => this.submit("main", this.plan.lastFacade),
      (answer) => answer.kind === "bad" || (answer.kind === "reported" && answer.status !== "NOT_SENT"),
    );
  }

  private async until(ask: () => Promise<Answer>, enough: (answer: Answer) => boolean): Promise<Answer | undefined> {
    const until = Date.now() + patienceMs;
    for (let pause = pauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
      await this.stage.facades.allUp();
      const answer = await ask();
      if (enough(answer) || Date.now() > until) return answer;
      await wait(pause);
    }
  }
}
