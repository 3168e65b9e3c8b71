/** Values whose every field is asked for anew. */
import type { Ask } from "./shop.js";

type Values = Readonly<Record<string, unknown>>;

/** What graphql-js resolves with its default resolver: a method for each field, which asks again and looks there. */
export function anew(value: unknown, again: Ask<unknown>): unknown {
  if (Array.isArray(value)) return value.map((item, index) => anew(item, async () => ((await again()) as unknown[])[index]));
  if (typeof value !== "object" || value === null) return value;
  const field = (name: string) => async () => {
    const ask = async () => ((await again()) as Values)[name];
    return anew(await ask(), ask);
  };
  return Object.fromEntries(Object.keys(value).map((name) => [name, field(name)]));
}
