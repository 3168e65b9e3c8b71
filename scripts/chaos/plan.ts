/** What is to happen in a run: all of it follows from the seed and the number of the run. How the parts of it meet in time does not. */
import type { misbehaving } from "../../src/sandbox/shop/misbehaving.js";
import { Chance } from "./chance.js";
import type { MadeUp, Strike } from "./strikes.js";
import type { LockerTrouble } from "./wire.js";

export type Goods = "ordinary" | keyof typeof misbehaving;
export type CardOf = "good" | "expired" | "declined" | "none";

/** What is bought, and which way. */
export interface Wanted {
  readonly way: "item" | "basket" | "delivery";
  readonly pricing: "CATALOGUE" | "RRP";
  readonly goods: Goods;
  /** Which of several. */
  readonly nth: number;
  /** The whole release, or a track of it. */
  readonly whole: boolean;
}

/** One sending of the same input. */
export interface Submission {
  readonly facade: number;
  readonly afterMs: number;
  /** The client hangs up after so long. */
  readonly patienceMs: number | undefined;
}

/** At which moment a façade is killed: so long after the first submission, after its record was committed, after its money call was seen, or
 *  after the answer to it. */
export interface Kill {
  readonly facade: number;
  readonly at: "submission" | "record" | "call" | "answer";
  readonly afterMs: number;
}

export interface Plan {
  readonly run: number;
  /** What the table calls it. */
  readonly fault: string;
  readonly strike: Strike;
  readonly card: CardOf;
  readonly wanted: Wanted;
  readonly locker: LockerTrouble | undefined;
  readonly submissions: readonly [Submission, ...Submission[]];
  readonly kill: Kill | undefined;
  /** Another payload under the key, once its money call was seen. */
  readonly otherPayload: boolean;
  /** Another key for the same thing, once the money call was seen. */
  readonly rival: boolean;
  /** The one that is asked in the end. */
  readonly lastFacade: number;
}

interface Fault {
  readonly fault: string;
  readonly strike: Strike;
  readonly goods?: Goods;
  readonly card?: CardOf;
}

const none: Strike = { kind: "none" };

const instead: readonly [MadeUp, ...MadeUp[]] = ["500", "503", "9001", "html", "302", "garbage"];
/** Whatever they say, they may come after the purchase was executed, as they do where something in between sends it twice. 429 stops all
 *  purchases of its façade for a while. */
const refusing: readonly [MadeUp, ...MadeUp[]] = ["401", "403", "3003", "3101"];
const refusals: ReadonlySet<MadeUp> = new Set(["429", ...refusing]);

/** Some take longer than a purchase may. */
function faultOf(chance: Chance): Fault {
  return chance.weighted<() => Fault>([
    [10, () => ({ fault: "none", strike: none })],
    [5, () => ({ fault: "connection refused", strike: { kind: "refused", ms: chance.between(10, 60) } })],
    [4, () => ({ fault: "reset at accept", strike: { kind: "resetAtAccept", ms: chance.between(10, 60) } })],
    [5, () => ({ fault: "reset in the request", strike: { kind: "resetInRequest", share: chance.happens(0.2) ? 0 : chance.share() } })],
    [5, () => ({ fault: "request swallowed", strike: { kind: "swallowed" } })],
    [8, () => ({ fault: "request late", strike: { kind: "late", ms: chance.between(1, 900) } })],
    [7, () => answered(chance.happens(0.2) ? "429" : chance.pick(instead))],
    [9, () => replaced(chance.pick(instead))],
    [3, () => answered(chance.pick(refusing))],
    [6, () => replaced(chance.happens(0.1) ? "429" : chance.pick(refusing))],
    [8, () => ({ fault: "answer ends early", strike: { kind: "cut", share: portion(chance), then: "end" } })],
    [8, () => ({ fault: "answer reset", strike: { kind: "cut", share: portion(chance), then: "reset" } })],
    [6, () => ({ fault: "answer hangs", strike: { kind: "cut", share: portion(chance), then: "hang" } })],
    [5, () => ({ fault: "half a document", strike: { kind: "halved", share: chance.share() } })],
    [5, () => ({ fault: "slow drip", strike: { kind: "drip", ms: chance.between(50, 900) } })],
    [10, () => soldBadly(chance)],
    [5, () => cardless(chance.pick(["expired", "declined", "none"]))],
  ])();
}

function answered(by: MadeUp): Fault {
  return { fault: `not executed, ${by}`, strike: { kind: "answered", by } };
}

function replaced(by: MadeUp): Fault {
  return { fault: `executed, then ${by}`, strike: { kind: "replaced", by } };
}

/** Nothing and everything are likelier than one byte among thousands. */
function portion(chance: Chance): number {
  return chance.weighted([
    [1, 0],
    [1, 1],
    [4, chance.share()],
  ]);
}

function soldBadly(chance: Chance): Fault {
  const goods = chance.pick<Goods>([
    "priceChanges",
    "chargesThenResets",
    "chargesThenHangs",
    "chargesThenFails",
    "chargesThenAnswersHalf",
    "hangs",
  ]);
  return { fault: `sandbox: ${goods}`, strike: none, goods };
}

function cardless(card: CardOf): Fault {
  return { fault: `card: ${card}`, strike: none, card };
}

function wantedOf(chance: Chance, goods: Goods): Wanted {
  const way = chance.weighted<Wanted["way"]>([
    [7, "item"],
    [2, "basket"],
    [1, "delivery"],
  ]);
  const wanted: Wanted = {
    way,
    pricing: chance.happens(0.2) ? "RRP" : "CATALOGUE",
    goods,
    nth: chance.between(0, 99),
    whole: chance.happens(0.4),
  };
  // Its price is out of date as a whole, and in a purchase of the item only.
  return goods === "priceChanges" ? { ...wanted, way: "item", whole: true } : wanted;
}

function lockerTroubleOf(chance: Chance, fault: Strike): LockerTrouble | undefined {
  if (!chance.happens(0.3)) return undefined;
  // A refusal is confirmed by the locker: it is not to be believed where both lie.
  const mayBeStale = fault.kind !== "replaced" || !refusals.has(fault.by);
  const strike = chance.weighted<Strike>([
    [3, { kind: "cut", share: 0, then: "reset" }],
    [3, { kind: "answered", by: "503" }],
    [2, { kind: "answered", by: "9001" }],
    [2, { kind: "halved", share: chance.share() }],
    [1, { kind: "swallowed" }],
    [mayBeStale ? 3 : 0, { kind: "stale" }],
  ]);
  // Before the purchase there is nothing that could be stale.
  const from = strike.kind !== "stale" && chance.happens(0.25) ? "start" : "purchase";
  return {
    strike,
    from,
    times: chance.weighted([
      [1, 1],
      [1, 2],
      [2, 1000],
    ]),
  };
}

function submissionsOf(chance: Chance, facades: number): Plan["submissions"] {
  const other = (facade: number) => (facade + chance.between(1, Math.max(1, facades - 1))) % facades;
  const patience = () => (chance.happens(0.08) ? chance.between(2, 120) : undefined);
  const first = { facade: chance.between(0, facades - 1), afterMs: 0, patienceMs: patience() };
  const more = chance.weighted([
    [9, 0],
    [6, 1],
    [4, 2],
    [2, 3],
  ]);
  const later = Array.from({ length: more }, () => ({
    facade: chance.happens(0.5) ? first.facade : other(first.facade),
    afterMs: chance.weighted([
      [2, 0],
      [2, chance.between(1, 30)],
      [1, chance.between(30, 600)],
    ]),
    patienceMs: patience(),
  }));
  return [first, ...later];
}

/** @param seesRecords Whether it is known when a record is committed. */
function killOf(chance: Chance, facade: number, seesRecords: boolean): Kill | undefined {
  if (!chance.happens(0.06)) return undefined;
  const at = chance.pick<Kill["at"]>(["submission", "call", "answer", ...(seesRecords ? (["record"] as const) : [])]);
  const afterMs =
    at === "submission"
      ? chance.between(0, 50)
      : chance.weighted([
          [1, 0],
          [1, chance.between(0, 8)],
        ]);
  return { facade, at, afterMs };
}

export function planOf(seed: number, run: number, facades: number, seesRecords: boolean): Plan {
  const chance = new Chance(seed, run);
  const { fault, strike, goods = "ordinary", card = "good" } = faultOf(chance);
  const submissions = submissionsOf(chance, facades);
  return {
    run,
    fault,
    strike,
    card,
    wanted: wantedOf(chance, goods),
    locker: lockerTroubleOf(chance, strike),
    submissions,
    kill: killOf(chance, chance.pick([submissions[0], ...submissions]).facade, seesRecords),
    otherPayload: chance.happens(0.12),
    rival: chance.happens(0.12),
    lastFacade: chance.between(0, facades - 1),
  };
}
