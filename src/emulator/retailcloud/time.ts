/** A time as rows hold it: ISO 8601 in UTC, with milliseconds. */
export const TIME = { type: "String", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$" } as const;

/** The time as rows hold it, from milliseconds since 1970 on the emulator's clock. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** `yyyy-MM-dd HH:mm:ss`, as most tables of the manual write a time. Its zone is not stated; UTC is our assumption. */
export function spacedTime(time: string): string {
  return time.slice(0, 19).replace("T", " ");
}

/** `yyyy-MM-ddTHH:mm:ss` without a zone, as instances and pods have it. */
export function zonelessTime(time: string): string {
  return time.slice(0, 19).replace(" ", "T");
}

/** `yyyy-MM-ddTHH:mmZ`, as events and the samples of deploy orders have it. */
export function minuteTime(time: string): string {
  return `${time.slice(0, 16).replace(" ", "T")}Z`;
}

/** `yyyy-MM-ddTHH:mm:ssZ`, as the table of backups has it. */
export function secondTime(time: string): string {
  return `${zonelessTime(time)}Z`;
}
