import { createHash } from "node:crypto";
import type { Finding } from "./findings.ts";

/** What a review tool recognises each finding by from run to run: the same when lines move, different within one run. */
export function fingerprintsOf(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, file, address, field, message }) => {
    const key = JSON.stringify([rule, file, address, field, message]);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    return createHash("sha256").update(`${key} ${count}`).digest("hex").slice(0, 32);
  });
}
