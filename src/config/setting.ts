/** How a setting is declared, and how its value is read from the environment. */
import { readFileSync } from "node:fs";
import type { z } from "zod";

export type Environment = Readonly<Record<string, string | undefined>>;

interface Declaration<T> {
  /** For `--help`. */
  readonly description: string;
  /** From the text of the environment to the value. */
  readonly value: z.ZodType<T>;
  /** A secret may stand in a file that `<NAME>_FILE` names, and is never shown. */
  readonly secret?: true;
}

/** @typeParam T Of the value in the configuration, undefined included where the setting may be left out. */
export class Setting<T> {
  /** @param fallback The default, as text.
   *  @param unset The value where the setting is left out and has no default. */
  constructor(
    readonly name: string,
    readonly declaration: Declaration<T>,
    readonly fallback?: string,
    private readonly unset?: T,
  ) {}

  /** Every name that is read for it. */
  get names(): readonly string[] {
    return this.declaration.secret ? [this.name, `${this.name}_FILE`] : [this.name];
  }

  isSet(environment: Environment): boolean {
    return this.names.some((name) => (environment[name] ?? "") !== "");
  }

  /** @param mistakes Takes a sentence for each mistake; it never holds a value. */
  read(environment: Environment, mistakes: string[]): T | undefined {
    const text = this.textIn(environment, mistakes);
    if (text === undefined) return this.unset;
    const parsed = this.declaration.value.safeParse(text);
    if (parsed.success) return parsed.data;
    mistakes.push(`${this.name} must be ${parsed.error.issues[0]?.message ?? "valid"}.`);
    return undefined;
  }

  private textIn(environment: Environment, mistakes: string[]): string | undefined {
    const [name, fileName = ""] = this.names;
    const [direct, file] = [environment[this.name]?.trim(), environment[fileName]?.trim()];
    if (direct && file) mistakes.push(`${String(name)} and ${fileName} are both set: keep one.`);
    if (direct) return direct;
    if (!file) return this.fallback;
    try {
      return readFileSync(file, "utf8").trim();
    } catch {
      mistakes.push(`${fileName} names a file that cannot be read.`);
      return undefined;
    }
  }
}

export function setting<T>(name: string, { fallback, ...declaration }: Declaration<T> & { readonly fallback: string }): Setting<T> {
  return new Setting(name, declaration, fallback);
}

/** Undefined where it is left out. */
export function optionalSetting<T>(name: string, declaration: Declaration<T>): Setting<T | undefined> {
  return new Setting<T | undefined>(name, declaration);
}

/** Empty where it is left out. */
export function listSetting<T>(name: string, declaration: Declaration<readonly T[]>): Setting<readonly T[]> {
  return new Setting(name, declaration, undefined, []);
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
