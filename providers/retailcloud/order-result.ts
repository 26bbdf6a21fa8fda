import { wholeOf } from "../../src/core/answer-fields.ts";
import type { Fields } from "../../src/core/values.ts";

/** What came of an order or of one of its pods; `closed` is set by hand. A closed order may also say `failed`: the manual has both. */
export type OrderResult = "deploying" | "succeeded" | "failed" | "closed";

const results: Readonly<Record<number, OrderResult>> = { 0: "deploying", 1: "succeeded", 2: "failed", 4: "closed" };

/** The result in a row. An unknown number counts as under way: nothing is deployed over what may still run. */
export function resultIn(row: Fields): OrderResult {
  return results[wholeOf(row, "Result") ?? 0] ?? "deploying";
}
