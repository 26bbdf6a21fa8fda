import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What node, npm and esbuild keep in the temporary folder for their next start is no test's. */
const ours = /^(cairn|cdktf)/;

/** Gives all tests one folder for temporary files, and makes a run fail that leaves any behind in it. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cairn-tests-"));
  // Some tests let other users work in folders of theirs, as everywhere in the temporary folder.
  chmodSync(folder, 0o1777);
  const { TMPDIR: before } = process.env;
  process.env["TMPDIR"] = folder;
  return () => {
    const left = readdirSync(folder).filter((name) => ours.test(name));
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
    if (left.length === 0) return;
    // Vitest only tells of what a teardown throws.
    process.exitCode = 1;
    throw new Error(`tests have left temporary files behind: ${left.join(", ")}`);
  };
}
