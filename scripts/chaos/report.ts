import { nameOf, type Tally } from "./crash-matrix.ts";
import type { Verdict } from "./stage.ts";
import { mostCalls, type Storm } from "./storm.ts";

/** A line for each death, and one for each thing that is wrong after it. */
export function verdictText({ death, missed, idle, action, faults }: Verdict): string {
  const mark = faults.length > 0 ? "✗" : missed || idle ? "-" : "✓";
  const struck = action === undefined ? "" : ` (${action})`;
  const rest = missed ? ": the run ends before that" : idle ? ": changes nothing" : "";
  return [`${mark} ${nameOf(death)}${struck}${rest}`, ...faults.map(indented)].join("\n");
}

/** The deaths by sort, with how to play again what failed. */
export function matrixText(tallies: readonly Tally[]): string {
  const rows = tallies.map(({ name, calls, played, failed }) => [name, calls, played, failed.length].map(String));
  const again = tallies.flatMap(({ failed }) =>
    failed.map(({ death }) => `again: npm run chaos -- --only ${nameOf(death)}`),
  );
  return [table([["killed", "calls undisturbed", "deaths", "failed"], ...rows]), ...again].join("\n");
}

/** What a storm cost, beside the same apply in calm weather. */
export function stormText({ calm, stormy, faults }: Storm, seed: number): string {
  const row = (name: string, of: (passage: Storm["calm"]) => string | number): string[] => [
    name,
    String(of(calm)),
    String(of(stormy)),
  ];
  const effects = Object.keys(stormy.met).sort();
  const rows = [
    row("objects", ({ objects }) => objects),
    row("made twice", ({ objects }) => Math.max(0, objects - calm.owned)),
    row("calls", ({ calls }) => calls),
    ...effects.map((effect) => row(`  of them ${effect}`, ({ met }) => met[effect] ?? 0)),
    row("seconds", ({ seconds }) => seconds),
    row("peak memory (MiB)", ({ peakMiB }) => peakMiB),
  ];
  const ratio = (stormy.calls / calm.calls).toFixed(2);
  return [
    table([["one apply", "calm", "storm"], ...rows]),
    `${ratio} times the calls; ${mostCalls} are allowed`,
    ...faults.map((fault) => `✗ ${indented(fault).trimStart()}`),
    ...(faults.length === 0 ? [] : [`again: npm run chaos -- --only storm --seed ${seed}`]),
  ].join("\n");
}

function indented(text: string): string {
  return `    ${text.trimEnd().replaceAll("\n", "\n    ")}`;
}

/** Columns, the first one to the left. */
function table(rows: readonly (readonly string[])[]): string {
  const widthOf = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows
    .map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widthOf(0)) : cell.padStart(widthOf(column)))))
    .map((cells) => cells.join("  "))
    .join("\n");
}
