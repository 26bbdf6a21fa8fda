import { describe, expect, test } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { failure } from "../../src/core/errors.ts";
import type { LedgerState } from "../../src/core/ledger.ts";
import { plan } from "../../src/core/plan.ts";
import { plainOptions } from "../../src/core/plan-input.ts";
import { applyPlan } from "../../src/engine/apply.ts";
import { refresh } from "../../src/engine/refresh.ts";
import { settleIntents } from "../../src/engine/settle-intents.ts";
import { type FakeCloud, fakeKinds, openCloud, standing } from "./fake-cloud.ts";
import { desiredAt, jumpingClock, ledgerOf, testCloud } from "./fixtures.ts";

const here = "fake";
const there = "other";

/** Two clouds that number their objects alike, and a ledger in memory. */
function openProject() {
  const clock = jumpingClock(1_000_000);
  const clouds: Record<string, FakeCloud> = { [here]: openCloud(clock.now), [there]: openCloud(clock.now) };
  let stored: LedgerState = ledgerOf();
  const lock = {
    write: async (state: LedgerState) => {
      stored = state;
    },
  };
  const run = async (desired: readonly Desired[]) => {
    const api = async (alias: string) => clouds[alias];
    const world = { kinds: fakeKinds, api, clock, pace: 1, signal: new AbortController().signal, desired };
    const { ledger } = await settleIntents({ ...world, ledger: stored, lock });
    const made = plan({
      ...{ project: "proof", kinds: fakeKinds, desired, ledger, options: plainOptions, ownedElsewhere: new Map() },
      snapshot: await refresh({ ...world, ledger }),
      clouds: new Map([here, there].map((alias) => [alias, { ...testCloud, endpoint: `${alias}:1` }])),
    });
    expect([made.errors, made.refusals]).toEqual([[], []]);
    return applyPlan({ ...world, plan: made, ledger, lock, parallelism: 2, onEvent: () => undefined });
  };
  const names = (alias: string): string[] => {
    const cloud = clouds[alias];
    return cloud === undefined ? [] : ["Box", "Lid"].flatMap((kind) => Object.keys(standing(cloud, kind)));
  };
  return { clouds, run, names, ledger: () => stored };
}

const box = (provider: string) => desiredAt("Box/b", { name: "b" }, { provider });
const lid = (provider: string) => desiredAt("Lid/l", { name: "l", box: { to: "Box/b" } }, { provider });

describe("apply of manifests that name another provider", () => {
  test("makes them there and takes them away here", async () => {
    const project = openProject();
    await project.run([box(here), lid(here)]);
    const { outcome } = await project.run([box(there), lid(there)]);
    expect([outcome.failed, project.names(here), project.names(there)]).toEqual([[], [], ["b", "l"]]);
    const { entries, intents } = project.ledger();
    expect(Object.values(entries).map(({ address, provider }) => [address, provider])).toEqual([
      ["Box/b", there],
      ["Lid/l", there],
    ]);
    expect(intents).toEqual([]);
  });

  test("finishes in the next run what could not be taken away, although both clouds use the same ids", async () => {
    const project = openProject();
    await project.run([box(here)]);
    project.clouds[here]?.rules.push({ on: "delete Box", effect: failure("E_CLOUD", "not now") });
    const { outcome } = await project.run([box(there)]);
    expect(outcome.failed).toMatchObject([{ message: "not now" }]);
    expect([project.names(here), project.names(there)]).toEqual([["b"], ["b"]]);
    project.clouds[here]?.rules.splice(0);
    await project.run([box(there)]);
    expect([project.names(here), project.names(there)]).toEqual([[], ["b"]]);
    expect(Object.keys(project.ledger().entries)).toEqual(["Box/b"]);
  });
});
