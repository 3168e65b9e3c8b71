/** The lists of docs/coverage.md: lists and not tables, so that a change of one method is a change of one line. */
import { nameOf, standingOf, type Row, type Standing } from "./coverage-table.js";

/** @param fields Coordinates by the path of the method that they call. */
export function methodSection(rows: readonly Row[], fields: ReadonlyMap<string, readonly string[]>): string {
  const part = (title: string, standings: readonly Standing[], describe: (row: Row) => string) => {
    const those = rows.filter((row) => standings.includes(standingOf(row)));
    const sections = [...new Set(those.map(({ section }) => section))];
    const lists = sections.map((section) => {
      const lines = those.filter((row) => row.section === section).map((row) => `- \`${nameOf(row)}\`: ${describe(row)}`);
      return `**${section}**\n\n${lines.join("\n")}`;
    });
    return [`### ${title}`, ...(lists.length === 0 ? ["None."] : lists)];
  };
  return [
    ...part("Methods with fields", ["complete", "incomplete"], (row) => fieldsOf(row, fields)),
    ...part("Methods without a field", ["without a field"], ({ noField = "" }) => noField),
    ...part("Methods that are not declared", ["not declared"], ({ notDeclared = "" }) => notDeclared),
  ].join("\n\n");
}

function fieldsOf({ path }: Row, fields: ReadonlyMap<string, readonly string[]>): string {
  const same = [...fields].filter(([method]) => method.toLowerCase() === path.toLowerCase());
  return same.flatMap(([, coordinates]) => coordinates.map((coordinate) => `\`${coordinate}\``)).join(", ");
}
