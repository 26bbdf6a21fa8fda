import { z } from "zod";
import type { Fields } from "../../src/core/values.ts";
import { textOf } from "./decode.ts";
import { exampled } from "./fields.ts";
import { canonicalQuantity } from "./quantity.ts";

/** What the canonical form of a whole, positive number of bytes looks like. */
const wholeBytes = /^[1-9]\d*(k|M|G|T|P|E|[KMGTPE]i)?$/;

/**
 * An amount of storage: a Kubernetes quantity, or a number of bytes. Equal amounts are equal texts: `1024Mi` is `1Gi`, and
 * `129e6` is `129M`. A thousand is `k` as in Kubernetes; the vendor's `K` is taken for it.
 */
export function capacity() {
  const schema = z
    .union([z.string(), z.int()], { error: "must be an amount of storage such as 500Gi" })
    .transform((value) => canonicalCapacity(String(value)))
    .refine((value) => wholeBytes.test(value), "must be an amount of storage such as 500Gi, in whole bytes");
  return exampled(schema, "500Gi");
}

/** The capacity in a field of an answer; canonical, or as it is where it is of no known form. */
export function capacityOf(row: Fields, name: string): string | undefined {
  const text = textOf(row, name);
  return text === undefined ? undefined : canonicalCapacity(text);
}

/** A canonical capacity as the API takes it: its thousand is a capital letter. */
export function toCapacityParam(canonical: string): string {
  return canonical.replace(/k$/, "K");
}

function canonicalCapacity(text: string): string {
  return canonicalQuantity(text.trim().replace(/K$/, "k"));
}
