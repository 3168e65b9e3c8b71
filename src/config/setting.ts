/** How a setting is declared, and how its value is read from the environment. */
import { readFileSync } from "node:fs";
import type { z } from "zod";
import { wholeNumber } from "./setting-values.js";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Options<T> {
  /** The default, as text. */
  readonly fallback?: string;
  /** The value where the setting is left out and has no default. */
  readonly unset?: T;
  /** A secret may stand in a file that `<NAME>_FILE` names, and is never shown. */
  readonly secret?: true;
}

/** @typeParam T Of the value in the configuration, undefined included where the setting may be left out. */
export class Setting<T> {
  /** @param type From the text of the environment to the value.
   *  @param description For `--help`. */
  constructor(
    readonly name: string,
    private readonly type: z.ZodType<T>,
    readonly description: string,
    readonly options: Options<T> = {},
  ) {}

  /** Every name that is read for it. */
  get names(): readonly string[] {
    return this.options.secret ? [this.name, `${this.name}_FILE`] : [this.name];
  }

  isSet(environment: Environment): boolean {
    return this.names.some((name) => (environment[name] ?? "") !== "");
  }

  /** @param mistakes Takes a sentence for each mistake; it never holds a value. */
  read(environment: Environment, mistakes: string[]): T | undefined {
    const text = this.textIn(environment, mistakes);
    if (text === undefined) return this.options.unset;
    const parsed = this.type.safeParse(text);
    if (parsed.success) return parsed.data;
    mistakes.push(`${this.name} must be ${parsed.error.issues[0]?.message ?? "valid"}.`);
    return undefined;
  }

  private textIn(environment: Environment, mistakes: string[]): string | undefined {
    const [name, fileName = ""] = this.names;
    const [direct, file] = [environment[this.name]?.trim(), environment[fileName]?.trim()];
    if (direct && file) mistakes.push(`${String(name)} and ${fileName} are both set: keep one.`);
    if (direct) return direct;
    if (!file) return this.options.fallback;
    try {
      return readFileSync(file, "utf8").trim();
    } catch {
      mistakes.push(`${fileName} names a file that cannot be read.`);
      return undefined;
    }
  }
}

export function setting<T>(name: string, fallback: string, type: z.ZodType<T>, description: string): Setting<T> {
  return new Setting(name, type, description, { fallback });
}

export function numberSetting(
  name: string,
  fallback: number,
  [least, most]: readonly [number, number],
  description: string,
): Setting<number> {
  return setting(name, String(fallback), wholeNumber(least, most), description);
}

/** Undefined where it is left out. */
export function optionalSetting<T>(name: string, type: z.ZodType<T>, description: string): Setting<T | undefined> {
  return new Setting<T | undefined>(name, type, description);
}

/** An optional one. */
export function secretSetting<T>(name: string, type: z.ZodType<T>, description: string): Setting<T | undefined> {
  return new Setting<T | undefined>(name, type, description, { secret: true });
}

/** Empty where it is left out. */
export function listSetting<T>(
  name: string,
  type: z.ZodType<readonly T[]>,
  description: string,
  options: Pick<Options<T>, "secret"> = {},
): Setting<readonly T[]> {
  return new Setting<readonly T[]>(name, type, description, { ...options, unset: [] });
}

export interface Settings {
  readonly [member: string]: Setting<unknown> | Settings;
}

/** The values of settings, by the same members. */
export type ValuesOf<S> = { readonly [M in keyof S]: S[M] extends Setting<infer T> ? T : ValuesOf<S[M]> };

/** In the order of their declaration. */
export function listSettings(settings: Settings): readonly Setting<unknown>[] {
  return Object.values(settings).flatMap((one) => (one instanceof Setting ? [one] : listSettings(one)));
}

/** Values of settings with mistakes are undefined. */
export function readSettings<S extends Settings>(settings: S, environment: Environment, mistakes: string[]): ValuesOf<S> {
  const values = Object.entries(settings).map(([member, one]) => [
    member,
    one instanceof Setting ? one.read(environment, mistakes) : readSettings(one, environment, mistakes),
  ]);
  return Object.fromEntries(values) as ValuesOf<S>;
}
