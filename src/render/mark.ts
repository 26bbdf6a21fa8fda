import { isFields, type Value } from "../core/values.ts";

/** A tree of truths beside a value, in Terraform's form: records leave false out, lists keep their length. */
export type Mark = boolean | readonly Mark[] | { readonly [key: string]: Mark };

/** The mark of a record from the marks of its fields: what is plainly false is left out, nested containers stay. */
export function recordMark(entries: readonly (readonly [string, Mark])[]): Mark {
  return Object.fromEntries(entries.filter(([, mark]) => mark !== false));
}

/** True at the leaves in which two values of the same structure differ. */
export function differenceMark(left: Value, right: Value): Mark {
  if (Array.isArray(left) && Array.isArray(right))
    return left.map((item, index) => differenceMark(item, right[index] ?? null));
  if (isFields(left) && isFields(right)) {
    return recordMark(Object.entries(left).map(([key, item]) => [key, differenceMark(item, right[key] ?? null)]));
  }
  return left !== right;
}

/** How many leaves of a mark are true. */
export function markedLeaves(mark: Mark): number {
  if (typeof mark === "boolean") return Number(mark);
  return Object.values(mark).reduce((sum: number, item: Mark) => sum + markedLeaves(item), 0);
}
