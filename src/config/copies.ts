/** Several copies of the service: which settings say that there are, and what they need in common. */
import type { SealingKey } from "./setting-values.js";

export interface CopiesConfig {
  readonly profile: "open" | "locked";
  /** Undefined on the embedded sandbox. */
  readonly upstream: object | undefined;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Undefined where they have mistakes of their own. */
  readonly sealingKeys?: readonly SealingKey[];
}

/** The settings that only several copies need. A further one belongs here, and needs what the others need. */
function signsOf({ redisUrl, databaseUrl }: CopiesConfig): readonly string[] {
  return Object.entries({ REDIS_URL: redisUrl, DATABASE_URL: databaseUrl }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** What is missing where several copies run. On the embedded sandbox nothing is, where nothing is at stake. In the profile `open`, which is for
 *  exploring, copies share keys only where they share answers. */
export function copyMistakes(config: CopiesConfig): readonly string[] {
  const [sign] = signsOf(config);
  if (sign === undefined || config.upstream === undefined) return [];
  const isLocked = config.profile === "locked";
  const needs: readonly (readonly [boolean, string])[] = [
    [
      config.sealingKeys?.length === 0 && (isLocked || config.redisUrl !== undefined),
      `${sign} goes with SEALING_KEYS, which is not set: all copies need the same keys, or none can read the quotes of another. ` +
        'Make one: echo "k1:$(openssl rand -base64 32)"',
    ],
    [
      config.databaseUrl === undefined && isLocked,
      `${sign} goes with DATABASE_URL, which is not set: copies with a file of records each would sell the same twice.`,
    ],
  ];
  return needs.flatMap(([isMissing, mistake]) => (isMissing ? [mistake] : []));
}
