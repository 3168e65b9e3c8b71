/** Times as the API writes them: London's clock, an hour ahead in summer. */

const anHourMs = 3_600_000;

/** "2009-07-22T11:41:41+01:00" in summer, "2009-11-25T18:29:08Z" in winter. */
export function londonTime(epochMs: number): string {
  const summer = isSummer(epochMs);
  const written = new Date(summer ? epochMs + anHourMs : epochMs).toISOString().slice(0, 19);
  return written + (summer ? "+01:00" : "Z");
}

/** From the last Sunday in March to the last one in October, both at 01:00 UTC. */
function isSummer(epochMs: number): boolean {
  const year = new Date(epochMs).getUTCFullYear();
  return epochMs >= lastSunday(year, 2) && epochMs < lastSunday(year, 9);
}

/** Both months have 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 24 * anHourMs;
}
