/** What happens to the databases that all façades share, and to the ways that lead there, of which each façade has one. Which disturbances there
 *  are, and in which order, follows from the seed; what they meet does not. */
import { Chance } from "./chance.js";

export const targets = ["redis", "postgres"] as const;
export type Target = (typeof targets)[number];

interface Timed {
  /** After the one before. */
  readonly afterMs: number;
  /** Until it is mended. A server that is started again takes longer. */
  readonly lastsMs: number;
}

export type Disturbance = Timed &
  (
    | {
        readonly kind:
          /** As an operator stops it, and starts it again. */
          | "stopped"
          /** `kill -9`, or what PostgreSQL calls an immediate shutdown. It is started again. */
          | "killed"
          /** Its processes hang, and connections stay open. */
          | "frozen"
          /** Connections are reset. */
          | "cut off"
          /** Nothing comes through, then all connections are reset. */
          | "parted"
          /** It has forgotten all. */
          | "flushed"
          /** It commits, and the answer never arrives. */
          | "commits unanswered";
      }
    /** Everything takes so much longer, either way. */
    | { readonly kind: "slow"; readonly delayMs: number }
  ) & {
    /** The only one it happens to; undefined where it is all of them. */
    readonly facade: number | undefined;
    /** It begins right after PostgreSQL has committed a change of records, for example between the record of a purchase and its call. */
    readonly atCommit: boolean;
  };

export type DisturbanceKind = Disturbance["kind"];

/** One that came to pass. Epoch ms. */
export interface Period {
  readonly target: Target;
  readonly kind: DisturbanceKind;
  readonly facade: number | undefined;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Connections that have just broken may be found broken a little later. */
export const aftermathMs = 500;

/** Whether any was under way at some moment of a stretch of time. */
export function wasDisturbed(periods: readonly Period[], fromMs: number, untilMs: number): boolean {
  return periods.some((period) => period.fromMs <= untilMs && period.untilMs >= fromMs);
}

interface Choice {
  readonly weight: number;
  readonly kind: DisturbanceKind;
  readonly leastMs: number;
  readonly mostMs: number;
}

type Choices = readonly [Choice, ...Choice[]];

/** What can happen to the way of one façade. All else happens to the server, and so to all of them. */
const onTheWay: ReadonlySet<DisturbanceKind> = new Set(["cut off", "parted", "commits unanswered", "slow"]);
/** Longer than a purchase waits for a lock that another one has (3 s). */
const longestPartMs = 4000;

const choices: Readonly<Record<Target, Choices>> = {
  redis: [
    { weight: 2, kind: "killed", leastMs: 50, mostMs: 1500 },
    { weight: 3, kind: "frozen", leastMs: 50, mostMs: 2500 },
    { weight: 3, kind: "slow", leastMs: 300, mostMs: 2500 },
    { weight: 2, kind: "cut off", leastMs: 0, mostMs: 0 },
    { weight: 2, kind: "parted", leastMs: 100, mostMs: longestPartMs },
    { weight: 3, kind: "flushed", leastMs: 0, mostMs: 0 },
  ],
  postgres: [
    { weight: 1, kind: "stopped", leastMs: 0, mostMs: 1000 },
    { weight: 3, kind: "killed", leastMs: 0, mostMs: 600 },
    { weight: 3, kind: "frozen", leastMs: 50, mostMs: 1500 },
    { weight: 3, kind: "slow", leastMs: 300, mostMs: 2000 },
    { weight: 3, kind: "cut off", leastMs: 0, mostMs: 0 },
    { weight: 4, kind: "parted", leastMs: 100, mostMs: longestPartMs },
    { weight: 2, kind: "commits unanswered", leastMs: 100, mostMs: 800 },
  ],
};

/** Longer pauses where purchases stand still meanwhile. */
const longestPauseMs: Readonly<Record<Target, number>> = { redis: 1200, postgres: 3000 };
/** Redis is waited for 40 ms. A purchase needs many answers of PostgreSQL, and has but 400 ms in all. */
const longestDelayMs: Readonly<Record<Target, number>> = { redis: 100, postgres: 25 };

/** Without end. @param facades How many there are. */
export function* disturbancesOf(seed: number, target: Target, facades: number): Generator<Disturbance, never> {
  // Runs count from zero.
  const chance = new Chance(seed, -2 - targets.indexOf(target));
  const [first, ...more] = choices[target];
  const weighted = ({ weight, ...choice }: Choice) => [weight, choice] as const;
  for (;;) {
    const { kind, leastMs, mostMs } = chance.weighted([weighted(first), ...more.map(weighted)]);
    const timed = { afterMs: chance.between(100, longestPauseMs[target]), lastsMs: chance.between(leastMs, mostMs) };
    const delayMs = chance.between(2, longestDelayMs[target]);
    const atCommit = target === "postgres" && chance.happens(0.4);
    const facade = onTheWay.has(kind) && chance.happens(0.6) ? chance.between(0, facades - 1) : undefined;
    yield kind === "slow" ? { ...timed, kind, delayMs, facade, atCommit } : { ...timed, kind, facade, atCommit };
  }
}
