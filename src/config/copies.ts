/** Several copies of the service: which settings say that there are, and what they need in common. */
import type { SealingKey } from "./setting-values.js";

export interface CopiesConfig {
  readonly profile: "open" | "locked";
  /** Undefined on the embedded sandbox. */
  readonly upstream: object | undefined;
  readonly databaseUrl: string | undefined;
  /** Left out where there is no such setting. */
  readonly redisUrl?: string | undefined;
  readonly sealingKeys: readonly SealingKey[];
}

/** The settings that only several copies need. A further one belongs here, and needs what the others need. */
function signsOf({ redisUrl, databaseUrl }: CopiesConfig): readonly string[] {
  return Object.entries({ REDIS_URL: redisUrl, DATABASE_URL: databaseUrl }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}

/** What is missing where several copies run. On the embedded sandbox and in the profile `open` nothing is: there nothing is at stake. */
export function copyMistakes(config: CopiesConfig): readonly string[] {
  const [sign] = signsOf(config);
  if (sign === undefined || config.profile !== "locked" || config.upstream === undefined) return [];
  const needs: readonly (readonly [boolean, string])[] = [
    [
      config.sealingKeys.length === 0,
      `SEALING_KEYS has to be set with ${sign}: no copy can read what another one has sealed with a key of its own. ` +
        'Give all copies the same, made by: echo "k1:$(openssl rand -base64 32)"',
    ],
    [config.databaseUrl === undefined, `DATABASE_URL has to be set with ${sign}: copies with a file each would sell the same twice.`],
  ];
  return needs.flatMap(([isMissing, mistake]) => (isMissing ? [mistake] : []));
}
