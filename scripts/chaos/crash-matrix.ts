import { availableParallelism } from "node:os";
import type { Executable } from "./executable.ts";
import { type Play, plays } from "./plays.ts";
import { type Death, openStage, type Stage, type Verdict } from "./stage.ts";

/** Which deaths are played. */
export type Choice = {
  /** Only deaths whose names begin so; all where left out. */
  readonly only?: string;
  /** Every so many-th death of each sort; 1: all. */
  readonly every: number;
  /** Where the count of a sort begins: another number is another sample. */
  readonly first: number;
};

/** What came of all deaths of one sort. */
export type Tally = {
  readonly name: string;
  /** Calls of a run that nobody disturbs. */
  readonly calls: number;
  readonly played: number;
  readonly failed: readonly Verdict[];
};

/** A death as it is named on the command line and in messages, e.g. `apply:call=17:after`. */
export function nameOf({ play, at, n, moment }: Death): string {
  return `${sortOf({ play, at, moment })}`.replace(at, `${at}=${n}`);
}

type Sort = Omit<Death, "n">;

/** Every sort of death: at each call before, after and around its commit, and before each step on the ledger's files. */
const sorts: readonly Sort[] = plays.flatMap(({ name: play }) => [
  { play, at: "call", moment: "before" } as const,
  { play, at: "call", moment: "after" } as const,
  { play, at: "call", moment: "late" } as const,
  { play, at: "file", moment: "before" } as const,
]);

function sortOf({ play, at, moment }: Sort): string {
  return `${play}:${at}:${moment}`;
}

/** A run that waits looks as often as its machine lets it, so the number of its calls is known only when one outlives its death. */
const mostDeaths = 2000;

/**
 * Plays every death that the choice names, from the first call or step on until a run outlives it, on as many stages at once
 * as the machine has cores. `onVerdict` is told of each. A play that cannot be played undisturbed is an error.
 */
export async function sweep(
  executable: Executable,
  choice: Choice,
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Tally[]> {
  const chosen = sorts.map((sort) => ({ sort, deaths: deathsOf(sort, choice) })).filter(({ deaths }) => deaths.some);
  const tallies: Tally[] = [];
  for (const play of plays) {
    const mine = chosen.filter(({ sort }) => sort.play === play.name);
    if (mine.length === 0) continue;
    const stages = await openStages(executable, play);
    try {
      for (const { sort, deaths } of mine) {
        const verdicts = await playAll(stages, deaths.all, onVerdict);
        const failed = verdicts.filter(({ faults }) => faults.length > 0);
        const played = verdicts.filter(({ missed, idle }) => !missed && !idle).length;
        tallies.push({ name: sortOf(sort), calls: stages[0]?.calls ?? 0, played, failed });
      }
    } finally {
      await Promise.all(stages.map(({ close }) => close()));
    }
  }
  return tallies;
}

function deathsOf(
  sort: Sort,
  { only = "", every, first }: Choice,
): { readonly some: boolean; readonly all: readonly Death[] } {
  const numbers = Array.from({ length: Math.ceil(mostDeaths / every) }, (_, index) => first + index * every);
  const all = numbers.map((n) => ({ ...sort, n })).filter((death) => fits(death, only));
  return { some: all.length > 0, all };
}

/** True for a death that is meant by its whole name, its sort, or the beginning of either up to a colon. */
function fits(death: Death, only: string): boolean {
  return [nameOf(death), sortOf(death)].some((name) => only === "" || `${name}:`.startsWith(`${only}:`));
}

function openStages(executable: Executable, play: Play): Promise<readonly Stage[]> {
  return Promise.all(Array.from({ length: availableParallelism() }, () => openStage(executable, play)));
}

/** Plays deaths in their order, each on the first stage that is free, until one is missed. */
async function playAll(
  stages: readonly Stage[],
  deaths: readonly Death[],
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const left = [...deaths];
  const playOn = async (stage: Stage): Promise<void> => {
    for (let death = left.shift(); death !== undefined; death = left.shift()) {
      const verdict = await stage.kill(death);
      if (verdict.missed) left.length = 0;
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  };
  await Promise.all(stages.map(playOn));
  return verdicts;
}
