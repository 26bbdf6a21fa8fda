// Measures cold starts of the bundled executable against bare Node, interleaved so that other load hits all alike, and
// fails where `version` or `validate` of 200 documents takes more than its share.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = 31;
const documents = 200;
const executable = fileURLToPath(new URL("../dist/cairn.js", import.meta.url));

type Contestant = { readonly name: string; readonly args: readonly string[]; readonly limit?: number };

const contestants: readonly Contestant[] = [
  { name: "node -e 0", args: ["-e", "0"] },
  { name: "cairn version", args: [executable, "version"], limit: 1.5 },
  { name: `cairn validate (${documents} documents)`, args: [executable, "validate"], limit: 3 },
];

function project(folder: string): void {
  mkdirSync(join(folder, "manifests"));
  writeFileSync(
    join(folder, "cairn.yaml"),
    "project: bench\nmanifests: [manifests/*.yaml]\nproviders:\n  retailcloud: { region: cn-zhangjiakou }\n",
  );
  for (let file = 0; file < documents / 20; file += 1) {
    const texts = Array.from({ length: 20 }, (_, index) => app(`app-${file}-${index}`));
    writeFileSync(join(folder, "manifests", `apps-${file}.yaml`), texts.join("---\n"));
  }
}

function app(name: string): string {
  return `apiVersion: retailcloud/v1
kind: App
metadata: { name: ${name} }
spec:
  bizCode: JST
  language: Java
  operatingSystem: Linux
  serviceType: GeneralApplication
  userRoles: [{ roleName: Owner, userId: "1", userType: TAOBAO }]
  description: one of many
`;
}

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
  project(folder);
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

const folder = mkdtempSync(join(tmpdir(), "cairn-bench-"));
try {
  if (!bench(folder)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
