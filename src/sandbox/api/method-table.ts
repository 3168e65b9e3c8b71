/** Which method a path and a verb name, and the parameters that stand in the path, as in "users/{id}/update". */

import type { Pair } from "../http/request.js";
import type { Method } from "./method.js";

interface Template {
  readonly pattern: RegExp;
  readonly method: Method;
}

export class MethodTable {
  private readonly literal = new Map<string, Method[]>();
  private readonly templates: readonly Template[];

  constructor(methods: readonly Method[]) {
    for (const method of methods.filter(({ path }) => !path.includes("{"))) {
      const key = method.path.toLowerCase();
      this.literal.set(key, [...(this.literal.get(key) ?? []), method]);
    }
    this.templates = methods.filter(({ path }) => path.includes("{")).map((method) => ({ method, pattern: patternOf(method.path) }));
  }

  /** Case, the version prefix and a slash at the end do not count. Where a path has methods, but none with the verb, one of them. */
  find(path: string, verb: string): Method | undefined {
    const name = nameIn(path);
    if (name === undefined) return undefined;
    const found = this.literal.get(name.toLowerCase()) ?? this.matching(name);
    return found.find(({ verbs = ["GET"] }) => verbs.some((one) => one === verb)) ?? found[0];
  }

  private matching(name: string): readonly Method[] {
    return this.templates.filter(({ pattern }) => pattern.test(name)).map(({ method }) => method);
  }
}

/** Those that stand in the path of a call, decoded. */
export function parametersInPath({ path: template }: Method, path: string): readonly Pair[] {
  if (!template.includes("{")) return [];
  const values = patternOf(template).exec(nameIn(path) ?? "")?.groups ?? {};
  return Object.entries(values).map(([name, value]) => [name, decoded(value)]);
}

function nameIn(path: string): string | undefined {
  return /^\/1\.2\/(.*?)\/?$/i.exec(path)?.[1];
}

/** Other characters of a path mean themselves in a pattern too. */
function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`, "i");
}

/** What is no percent-encoding stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
