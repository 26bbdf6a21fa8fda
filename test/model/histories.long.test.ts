import { expect, it } from "vitest";
import { playHistories } from "./histories.ts";

const { CAIRN_RUNS = "60" } = process.env;

it(
  `${CAIRN_RUNS} histories of manifests, applies, faults, kills and people at work lead to what is declared`,
  async () => {
    const { reached } = await playHistories(Number(CAIRN_RUNS));
    expect(reached).toBeGreaterThan(0);
  },
  Number(CAIRN_RUNS) * 12_000,
);
