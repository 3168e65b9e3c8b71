/** ETag and If-None-Match. @see RFC 9110, 8.8.3 and 13.1.2 */

/** Whether a client has what the tag stands for. If-None-Match compares weakly. */
export function holds(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(etag);
}
