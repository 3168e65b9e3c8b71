/** Sends operations by the clock, without waiting for answers, and keeps how each went. */
import { setTimeout as wait } from "node:timers/promises";
import type { Answer, Client } from "./client.js";
import type { Kind, Planned } from "./plan.js";

/** How an operation went. All times are milliseconds after the beginning of the load. */
export interface Sample {
  readonly kind: Kind;
  readonly plannedMs: number;
  readonly answeredMs: number;
  readonly failure: string | undefined;
  /** Of a purchase. */
  readonly purchase: Purchase | undefined;
}

export interface Purchase {
  readonly key: string;
  readonly sentMs: number;
  readonly planned: Planned;
  readonly heard: Heard;
}

/** What a client hears of a purchase. */
export interface Heard {
  /** The status of the attempt, the code of why there is none, or what went wrong. */
  readonly outcome: string;
  readonly saysNothingWasSent: boolean;
}

interface Payload {
  readonly attempt?: { readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly message?: string }[];
}

export class Load {
  readonly samples: Sample[] = [];
  private readonly startedMs = performance.now();
  private readonly underWay = new Set<Promise<void>>();
  private readonly sending: Promise<void>;
  /** When the last operation was planned. */
  endMs = Infinity;

  constructor(
    private readonly client: Client,
    plan: Generator<Planned>,
  ) {
    this.sending = this.sendAll(plan);
  }

  get nowMs(): number {
    return performance.now() - this.startedMs;
  }

  /** Sends what is planned until then. @returns When all that was sent is answered. */
  async end(atMs = this.nowMs): Promise<void> {
    this.endMs = atMs;
    await this.sending;
    await Promise.all(this.underWay);
  }

  private async sendAll(plan: Generator<Planned>): Promise<void> {
    for (const planned of plan) {
      for (let leftMs = planned.atMs - this.nowMs; leftMs > 0; leftMs = planned.atMs - this.nowMs) await wait(Math.min(leftMs, 50));
      if (planned.atMs > this.endMs) return;
      const sent = this.send(planned).finally(() => this.underWay.delete(sent));
      this.underWay.add(sent);
    }
  }

  private async send(planned: Planned): Promise<void> {
    const { kind, key, atMs: plannedMs } = planned;
    const sentMs = this.nowMs;
    const answer = await this.client.send(planned);
    const purchase = key === undefined ? undefined : { key, sentMs, planned, heard: heardIn(answer) };
    const failure = answer.failure ?? (kind === "basket" ? errorsIn(answer)[0]?.code : undefined);
    this.samples.push({ kind, plannedMs, answeredMs: this.nowMs, failure, purchase });
  }
}

/** Of a purchase. */
export function heardIn(answer: Answer): Heard {
  if (answer.failure !== undefined) return { outcome: answer.failure, saysNothingWasSent: false };
  const { attempt } = answer.data["payload"] as Payload;
  const errors = errorsIn(answer);
  const outcome = attempt?.status ?? errors.map(({ code }) => code).join(", ");
  return { outcome, saysNothingWasSent: !attempt && errors.some(({ message = "" }) => message.includes("nothing was sent")) };
}

function errorsIn({ data, failure }: Answer): Payload["userErrors"] {
  return failure === undefined ? (data["payload"] as Payload).userErrors : [];
}

export function purchasesIn(samples: readonly Sample[]): readonly Purchase[] {
  return samples.flatMap(({ purchase }) => purchase ?? []);
}
