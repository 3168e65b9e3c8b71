/** What happened in one run, as its clients, the wire and the sandbox's book of sales saw it. All times are epoch ms. */
import type { Period } from "./disturbance.js";

export type PurchaseStatus = "SUCCEEDED" | "REJECTED" | "NOT_SENT" | "IN_PROGRESS" | "OUTCOME_UNKNOWN";

/** The purchase that a run is about; another key for the same thing while that one is open. */
export type Key = "main" | "rival";

/** What a call or a sale says of itself. "other": another payload under the main key, which must never be sent. */
export type Label = Key | "other";

export interface Report {
  readonly kind: "reported";
  readonly status: PurchaseStatus;
  readonly purchaseId: string | undefined;
  readonly settledAtMs: number | undefined;
  readonly confirmedBy: string | undefined;
  readonly errors: readonly string[];
}

export type Answer =
  | Report
  /** The façade was down, or the connection broke, or the client hung up. */
  | { readonly kind: "none"; readonly why: string }
  /** No attempt: a mutation was refused before it came to one, or a question found none. */
  | { readonly kind: "noAttempt"; readonly errors: readonly string[] }
  /** Records could not be read: it is not known whether there is an attempt. */
  | { readonly kind: "unreadable" }
  /** What no client should ever see: another HTTP status than 200, GraphQL errors, silence. */
  | { readonly kind: "bad"; readonly detail: string };

/** Something a client asked, and what it was told. */
export interface Said {
  /** How it was asked: the first input, another one under its key, or how the attempt ended. */
  readonly by: "submit" | "otherPayload" | "question";
  readonly key: Key;
  readonly facade: number;
  readonly askedAtMs: number;
  /** When the façade had its answer ready, by its own log: what happens on the way from there to the client makes no answer wrong. */
  readonly reportedAtMs: number;
  readonly answeredAtMs: number;
  readonly answer: Answer;
}

/** A money call, of which at least one byte reached the wire beyond the façade. */
export interface MoneyCall {
  readonly label: Label;
  readonly atMs: number;
}

export interface Sold {
  readonly label: Label;
  readonly purchaseId: string;
}

export interface History {
  readonly said: readonly Said[];
  readonly calls: readonly MoneyCall[];
  /** The whole truth. */
  readonly sales: readonly Sold[];
  /** Money calls as the sandbox's journal has them; those it saw nothing of are not in it. */
  readonly journalled: readonly Label[];
  /** When something befell the records. */
  readonly disturbed: readonly Period[];
  /** What was told last, when everything was well again; undefined where it was not asked. */
  readonly final: Readonly<Record<Key, Answer | undefined>>;
}
