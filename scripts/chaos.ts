// Kills cairn at every call and before every step on its ledger, and storms it with faults, against the emulator on this
// machine. Ends with 1 where something was lost, made twice or left over, and says how to play that again.
//
//   npm run chaos                                 everything
//   npm run chaos -- --every 10                   every tenth death, and the storm
//   npm run chaos -- --only storm --seed 7        the storm alone, with other luck
//   npm run chaos -- --only apply:call:after      one sort of death
//   npm run chaos -- --only apply:call=17:after   one death
import { parseArgs } from "node:util";
import { sweep } from "./chaos/crash-matrix.ts";
import { buildExecutable, type Executable } from "./chaos/executable.ts";
import { matrixText, stormText, verdictText } from "./chaos/report.ts";
import { raiseStorm } from "./chaos/storm.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    every: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    apps: { type: "string", default: "200" },
  },
});

function numberOf(name: "every" | "seed" | "apps"): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a number from 1 on; got "${values[name]}"`);
}

async function crash(executable: Executable): Promise<boolean> {
  const choice = { only: values.only, every: numberOf("every"), first: 1 };
  const tallies = await sweep(executable, choice, (verdict) => console.log(verdictText(verdict)));
  if (tallies.length === 0) throw new Error(`--only ${values.only} names no death; see scripts/chaos.ts`);
  console.log(`\n${matrixText(tallies)}\n`);
  return tallies.every(({ failed }) => failed.length === 0);
}

async function storm(executable: Executable): Promise<boolean> {
  const seed = numberOf("seed");
  const raised = await raiseStorm(executable, { apps: numberOf("apps"), seed, pace: 100 });
  console.log(`${stormText(raised, seed)}\n`);
  return raised.faults.length === 0;
}

const executable = buildExecutable();
const began = Date.now();
try {
  const isCalm = values.only === "storm" || (await crash(executable));
  const isDry = (values.only !== "" && values.only !== "storm") || (await storm(executable));
  console.log(`${isCalm && isDry ? "all is well" : "something went wrong, see above"}: ${seconds()} s`);
  if (!(isCalm && isDry)) process.exitCode = 1;
} finally {
  executable.remove();
}

function seconds(): number {
  return Math.round((Date.now() - began) / 1000);
}
