/** Asks façades as an impatient client does, and puts what it is told into the words of a history. */
import { randomUUID } from "node:crypto";
import { request, type Dispatcher } from "undici";
import type { Facades } from "./facades.js";
import type { Answer, Key, PurchaseStatus, Said } from "./history.js";

export const operatorSecret = "chaos-operator-secret";

/** Longer than any purchase, with all its looks into the locker, may take. */
const silenceMs = 15_000;

interface Body {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

interface Attempt {
  readonly status: PurchaseStatus;
  readonly settledAt: string | null;
  readonly confirmedBy: string | null;
  readonly purchase: { readonly purchaseId: string } | null;
}

interface Payload {
  readonly attempt: Attempt | null;
  readonly userErrors: readonly { readonly code: string }[];
}

/** How something is bought: the mutation that it takes, and its input. */
export interface Order {
  readonly mutation: "itemPurchase" | "basketPurchase" | "itemDeliver";
  readonly input: Readonly<Record<string, unknown>>;
}

const inputTypes = { itemPurchase: "ItemPurchaseInput", basketPurchase: "BasketPurchaseInput", itemDeliver: "ItemDeliverInput" };
const attemptFields = "status settledAt confirmedBy purchase { purchaseId }";
const question = `query ($key: String!) { viewer { purchaseAttempt(idempotencyKey: $key) { ${attemptFields} } } }`;

function mutation(name: Order["mutation"]): string {
  return `mutation ($input: ${inputTypes[name]}!) { payload: ${name}(input: $input) { attempt { ${attemptFields} } userErrors { code } } }`;
}

export interface Asking {
  readonly facade: number;
  readonly key: Key;
  /** Hangs up after so long. */
  readonly patienceMs?: number | undefined;
}

type Reply = { readonly body: Body; readonly httpStatus: number } | { readonly none: string } | { readonly silent: true };

export class Client {
  constructor(
    readonly facades: Pick<Facades, "url" | "reports">,
    readonly userId: string,
    readonly connections: Dispatcher,
  ) {}

  async submit(by: "submit" | "otherPayload", order: Order, asking: Asking): Promise<Said> {
    return this.said(by, asking, { query: mutation(order.mutation), variables: { input: order.input } }, (data) => {
      const payload = data["payload"] as Payload | undefined;
      const errors = payload?.userErrors.map(({ code }) => code) ?? [];
      if (payload?.attempt) return reportOf(payload.attempt, errors);
      return errors.join() === "OUTCOME_UNKNOWN" ? { kind: "unreadable" } : { kind: "noAttempt", errors };
    });
  }

  async ask(idempotencyKey: string, asking: Asking): Promise<Said> {
    return this.said("question", asking, { query: question, variables: { key: idempotencyKey } }, (data) => {
      const viewer = data["viewer"] as { readonly purchaseAttempt: Attempt | null } | null;
      return viewer?.purchaseAttempt ? reportOf(viewer.purchaseAttempt, []) : { kind: "noAttempt", errors: [] };
    });
  }

  /** The data of an answer without errors. @throws Error where there is none */
  async data<D>(facade: number, query: string, variables: object = {}): Promise<D> {
    const reply = await this.send(facade, { query, variables });
    if (!("body" in reply)) throw new Error("none" in reply ? reply.none : "silence");
    if (reply.body.errors !== undefined || !reply.body.data) throw new Error(JSON.stringify(reply.body));
    return reply.body.data as D;
  }

  private async said(by: Said["by"], { facade, key, patienceMs }: Asking, body: object, read: (data: NonNullable<Body["data"]>) => Answer) {
    const askedAtMs = Date.now();
    const requestId = randomUUID();
    const reply = await this.send(facade, body, { requestId, patienceMs });
    const answeredAtMs = Date.now();
    // Where that moment is not known, nothing excuses the answer.
    const reportedAtMs = "body" in reply ? ((await this.facades.reports.of(requestId)) ?? answeredAtMs) : answeredAtMs;
    return { by, key, facade, askedAtMs, reportedAtMs, answeredAtMs, answer: answerOf(reply, read) };
  }

  private async send(
    facade: number,
    body: object,
    { requestId = randomUUID(), patienceMs = silenceMs }: { readonly requestId?: string; readonly patienceMs?: number | undefined } = {},
  ): Promise<Reply> {
    const url = this.facades.url(facade);
    if (url === undefined) return { none: "down" };
    const signal = AbortSignal.timeout(patienceMs);
    try {
      const { statusCode, body: answer } = await request(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-7d-user-id": this.userId,
          "x-7d-operator-secret": operatorSecret,
          "x-request-id": requestId,
        },
        body: JSON.stringify(body),
        dispatcher: this.connections,
        signal,
      });
      return { body: bodyOf(await answer.text()), httpStatus: statusCode };
    } catch (error) {
      if (signal.aborted) return patienceMs === silenceMs ? { silent: true } : { none: "hung up" };
      return { none: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** An answer that is no JSON object, as that of something in between, is an error. */
function bodyOf(text: string): Body {
  try {
    return (JSON.parse(text) as Body | null) ?? { errors: [{ message: text }] };
  } catch {
    return { errors: [{ message: text }] };
  }
}

function answerOf(reply: Reply, read: (data: NonNullable<Body["data"]>) => Answer): Answer {
  if ("none" in reply) return { kind: "none", why: reply.none };
  if ("silent" in reply) return { kind: "bad", detail: `no answer in ${String(silenceMs)} ms` };
  const { httpStatus, body } = reply;
  if (httpStatus !== 200) return { kind: "bad", detail: `HTTP ${String(httpStatus)} ${JSON.stringify(body)}` };
  const codes = body.errors?.map(({ extensions }) => extensions?.code);
  if (codes?.join() === "RECORDS_UNAVAILABLE") return { kind: "unreadable" };
  if (codes !== undefined || !body.data) return { kind: "bad", detail: JSON.stringify(body) };
  return read(body.data);
}

function reportOf({ status, settledAt, confirmedBy, purchase }: Attempt, errors: readonly string[]): Answer {
  return {
    kind: "reported",
    status,
    purchaseId: purchase?.purchaseId,
    settledAtMs: settledAt === null ? undefined : Date.parse(settledAt),
    confirmedBy: confirmedBy ?? undefined,
    errors,
  };
}
