import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { Shop } from "./shop.ts";

/**
 * Lets the cloud drift: somebody else, who knows nothing of this project's ledger, applies other manifests there. `change` gets
 * the text of each manifest and answers that of the other one.
 */
export async function moveCloud(shop: Shop, change: Readonly<Record<string, (text: string) => string>>): Promise<void> {
  const other = mkdtempSync(join(tmpdir(), "cairn-other-"));
  const isOwn = (path: string): boolean => !/[/\\]\.(?:cairn|git)(?:[/\\]|$)/.test(path.slice(shop.folder.length));
  cpSync(shop.folder, other, { recursive: true, filter: isOwn });
  for (const [file, edit] of Object.entries(change)) {
    const before = readFileSync(join(other, file), "utf8");
    const after = edit(before);
    expect(after).not.toBe(before);
    writeFileSync(join(other, file), after);
  }
  const applied = await shop.run(["-C", other, "apply", "--yes"]);
  rmSync(other, { recursive: true });
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
}
