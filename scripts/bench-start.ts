// Measures cold starts of the bundled executable against bare Node, interleaved so that other load hits all alike, and
// fails where `version` or `validate` of 200 documents takes more than its share.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { app, withProject } from "./bench-project.ts";

const rounds = 31;
const documents = 200;
const executable = fileURLToPath(new URL("../dist/cairn.js", import.meta.url));

type Contestant = { readonly name: string; readonly args: readonly string[]; readonly limit?: number };

const contestants: readonly Contestant[] = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "cairn version", args: [executable, "version"], limit: 1.5 },
  { name: `cairn validate (${documents} documents)`, args: [executable, "validate"], limit: 3 },
];

/** Milliseconds from spawn to exit. */
function time({ name, args }: Contestant, cwd: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function bench(folder: string): boolean {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of contestants) times.get(one.name)?.push(time(one, folder));
  }
  const medians = contestants.map(({ name }) => median(times.get(name) ?? []));
  const bare = medians[0] ?? Number.NaN;
  return contestants
    .map(({ name, limit }, index) => {
      const own = medians[index] ?? Number.NaN;
      const ratio = own / bare;
      const fits = limit === undefined || ratio <= limit;
      const verdict = limit === undefined ? "" : `, limit ${limit.toFixed(1)}: ${fits ? "kept" : "BROKEN"}`;
      console.log(`${name.padEnd(32)} ${own.toFixed(1).padStart(7)} ms  ×${ratio.toFixed(2)}${verdict}`);
      return fits;
    })
    .every(Boolean);
}

const manifests = Array.from({ length: documents }, (_, index) => app(`app-${index}`));
if (!withProject(manifests, bench)) process.exitCode = 1;
