/** Charts for `npm run bench -- --xml`, as bytes, made of the answers of an embedded sandbox. All differ, so that no memory of strings holds them all. */
import { startSandbox } from "../../src/sandbox/sandbox.js";

const chartLength = 200;
const dayMs = 86_400_000;
const firstDay = Date.UTC(2012, 0, 1);

/** @param items In each chart. @param count Of charts, each of a day of its own. */
export async function charts(items: number, count: number): Promise<readonly Buffer[]> {
  const sandbox = await startSandbox();
  try {
    const made: Buffer[] = [];
    let day = 0;
    while (made.length < count) {
      const parts: string[] = [];
      for (let left = items; left > 0; left -= chartLength) parts.push(await chart(sandbox.baseUrl, day++, Math.min(left, chartLength)));
      made.push(Buffer.from(joined(parts)));
    }
    return made;
  } finally {
    await sandbox.close();
  }
}

async function chart(baseUrl: string, day: number, items: number): Promise<string> {
  const toDate = new Date(firstDay + day * dayMs).toISOString().slice(0, 10).replaceAll("-", "");
  const response = await fetch(`${baseUrl}/release/chart?oauth_consumer_key=bench&toDate=${toDate}&pageSize=${String(items)}`);
  if (!response.ok) throw new Error(`The sandbox answered ${String(response.status)}.`);
  return response.text();
}

/** The first chart, with the items of the others behind its own. */
function joined([first = "", ...others]: readonly string[]): string {
  const end = first.lastIndexOf("</chart>");
  return first.slice(0, end) + others.map(itemsOf).join("") + first.slice(end);
}

function itemsOf(document: string): string {
  return document.slice(document.indexOf("<chartItem>"), document.lastIndexOf("</chartItem>") + "</chartItem>".length);
}
