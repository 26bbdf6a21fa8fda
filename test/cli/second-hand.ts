import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Circumstances } from "./run-cairn.ts";
import type { Shop } from "./shop.ts";

/**
 * Lets the cloud drift: somebody else with a copy of the project, ledger included, applies other manifests there. `change` gets
 * the text of each manifest and answers that of the other one.
 */
export async function moveCloud(
  shop: Shop,
  change: Readonly<Record<string, (text: string) => string>>,
  circumstances: Circumstances = {},
  options: readonly string[] = [],
): Promise<void> {
  const other = mkdtempSync(join(tmpdir(), "cairn-other-"));
  cpSync(shop.folder, other, { recursive: true, filter: (path) => !path.includes(".git") });
  for (const [file, edit] of Object.entries(change)) {
    const before = readFileSync(join(other, file), "utf8");
    const after = edit(before);
    expect(after).not.toBe(before);
    writeFileSync(join(other, file), after);
  }
  const applied = await shop.run(["-C", other, "apply", "--yes", ...options], circumstances);
  rmSync(other, { recursive: true });
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
}
