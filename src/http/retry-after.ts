/**
 * Reads a Retry-After header: seconds or an HTTP date, the latter against `now` (milliseconds since 1970).
 * Returns milliseconds, never negative; undefined where the header is absent or neither.
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
