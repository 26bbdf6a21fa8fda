import { afterAll, describe, expect, it } from "vitest";
import { nameOf, sweep } from "../../scripts/chaos/crash-matrix.ts";
import { buildExecutable } from "../../scripts/chaos/executable.ts";
import { verdictText } from "../../scripts/chaos/report.ts";
import type { Verdict } from "../../scripts/chaos/stage.ts";

const executable = buildExecutable();
afterAll(executable.remove);

/** Every so many-th death of each sort: with the undisturbed runs and a process for each run, a minute on two free cores. */
const every = 29;

describe("cairn, killed at any call and before any step on its ledger", () => {
  it("loses, doubles and leaves nothing: one more run finishes it (a sample of npm run chaos)", {
    timeout: 600_000,
  }, async () => {
    const verdicts: Verdict[] = [];
    await sweep(executable, { every, first: 23 }, (verdict) => verdicts.push(verdict));
    const failed = verdicts.filter(({ faults }) => faults.length > 0).map(verdictText);
    expect(failed).toEqual([]);
    const killed = verdicts.filter(({ missed, idle }) => !missed && !idle).map(({ death }) => nameOf(death));
    for (const play of ["apply", "destroy", "change"]) {
      for (const sort of [/call=\d+:before/, /call=\d+:after/, /call=\d+:late/, /file=\d+/]) {
        expect(killed.filter((name) => name.startsWith(play) && sort.test(name))).not.toEqual([]);
      }
    }
  });
});
