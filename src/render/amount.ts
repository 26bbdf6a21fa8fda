/** A count with its noun, in the plural where it is not one: `1 error`, `14 resources`. */
export function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
