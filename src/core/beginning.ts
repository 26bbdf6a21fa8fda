import { isUnset } from "./compare.ts";
import type { Kind } from "./kind.ts";
import { sameValue, type Value } from "./values.ts";

/**
 * True for a list that `complete` of its kind fills up, and of which a new object has nothing but a part yet: it was begun as
 * wanted, and left when its run died. References are to be given as ids.
 */
export function isBegun(
  { completes = [] }: Pick<Kind, "completes">,
  name: string,
  wanted: Value | undefined,
  live: Value | undefined,
): boolean {
  if (!completes.includes(name)) return false;
  if (isUnset(live)) return true;
  if (!Array.isArray(live) || !Array.isArray(wanted)) return false;
  return live.every((one: Value) => wanted.some((other: Value) => sameValue(one, other)));
}
