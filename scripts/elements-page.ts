/** The lists of elements and attributes in docs/coverage.md. */
import type { Verdict } from "../test/conformance/elements/verdicts.js";

type Kind = Verdict["kind"];

const kinds: Readonly<Record<Kind, string>> = {
  exposed: "exposed",
  compared: "compared with what was asked for",
  decoded: "read, without a field",
  "not exposed": "not exposed, for a reason",
  unknown: "without a verdict",
};

/** The most coordinates of one path: an ID is in many fields. */
const mostCoordinates = 4;

export function elementSection(verdicts: readonly Verdict[]): string {
  const methods = [...new Set(verdicts.map(({ method }) => method))];
  return [
    `${verdicts.length} paths in the recorded responses of ${methods.length} methods: ${counts(verdicts)}.`,
    ...methods.map((method) =>
      methodPart(
        method,
        verdicts.filter((verdict) => verdict.method === method),
      ),
    ),
  ].join("\n\n");
}

function methodPart(method: string, verdicts: readonly Verdict[]): string {
  const lines = verdicts.map((verdict) => `- \`${verdict.path}\`: ${description(verdict)}`);
  return `<details>\n<summary><code>${method}</code>: ${counts(verdicts)}</summary>\n\n${lines.join("\n")}\n\n</details>`;
}

function description({ kind, because }: Verdict): string {
  if (kind === "exposed") {
    const shown = because.slice(0, mostCoordinates).map((coordinate) => `\`${coordinate}\``);
    const more = because.length - shown.length;
    return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  }
  return kind === "not exposed" ? because.join(" ") : `${kinds[kind]}.`;
}

function counts(verdicts: readonly Verdict[]): string {
  return (Object.keys(kinds) as Kind[])
    .map((kind) => [verdicts.filter((verdict) => verdict.kind === kind).length, kinds[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(", ");
}
