import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Fetch } from "../../../src/core/provider.ts";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../../src/emulator/index.ts";
import { type Circumstances, type Ran, runCairn } from "../../cli/run-cairn.ts";

/** How many times as fast as real the emulator plays, and cairn waits. */
const speed = 10_000;

/** A project of its own with a cloud of its own behind it, in which hours pass in seconds. */
export type EdgeProject = {
  readonly emulator: Emulator;
  /** Runs `cairn` there; the words of one line. */
  readonly cairn: (line: string, circumstances?: Circumstances) => Promise<Ran>;
  /** Replaces all manifests. */
  readonly declare: (...manifests: readonly object[]) => void;
  /** Declares, applies, and expects that nothing is left to do. Gives what the apply printed. */
  readonly settle: (...manifests: readonly object[]) => Promise<Ran>;
  /** What a plan says. */
  readonly plan: (line?: string) => Promise<Planned>;
  /** The objects of a kind in the cloud. */
  readonly rows: (kind: "AddonInstance" | "ApigInstance") => readonly Row[];
  /** The text of a file of the project. */
  readonly read: (file: string) => string;
  readonly ledger: () => { readonly entries: Readonly<Record<string, { readonly id: string }>> };
};

type Row = Readonly<Record<string, unknown>>;

type Planned = {
  readonly code: number;
  /** By the name of the manifest. */
  readonly actions: Readonly<Record<string, string>>;
  /** The paths that differ, by address. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** How often apply will send which call. */
  readonly calls: Readonly<Record<string, number>>;
  readonly text: string;
};

const signedIn = { accessKey: "cairn", secretKey: "cairn-secret" };

/** A project that declares nothing yet. Gone when the test ends. `settings` take the place of the access key. */
export function edgeProject({
  settings = signedIn,
  ...options
}: EmulatorOptions & { readonly settings?: object } = {}): EdgeProject {
  const folder = mkdtempSync(join(tmpdir(), "cairn-edge-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const emulator = createEmulator({ speed, ...options });
  const write = (file: string, value: unknown): void => writeFileSync(join(folder, file), JSON.stringify(value));
  write("cairn.yaml", {
    project: "edge",
    manifests: ["*.manifest.yaml"],
    pace: speed,
    providers: {
      huaweicloud: {
        region: "cn-north-4",
        projectId: "0123456789abcdef0123456789abcdef",
        endpoint: "http://127.0.0.1:8087",
        ...settings,
      },
    },
  });
  const cairn: EdgeProject["cairn"] = (line, circumstances) =>
    runCairn(line.split(" "), { cwd: folder, fetch: emulator.fetch, ...circumstances });
  const declare: EdgeProject["declare"] = (...manifests) =>
    writeFileSync(join(folder, "all.manifest.yaml"), manifests.map((one) => JSON.stringify(one)).join("\n---\n"));
  const plan: EdgeProject["plan"] = async (line = "plan") => {
    const ran = await cairn(`${line} --format json`);
    const document = JSON.parse(ran.stdout) as PlanDocument;
    return {
      code: ran.code,
      actions: Object.fromEntries(
        document.resource_changes.map(({ name, change }) => [name, change.actions.join("+")]),
      ),
      fields: Object.fromEntries(
        document.cairn.changes.map(({ address, fields }) => [address, fields.map(({ path }) => path)]),
      ),
      calls: document.cairn.calls,
      text: `${ran.stdout}${ran.stderr}`,
    };
  };
  return {
    emulator,
    cairn,
    declare,
    plan,
    settle: async (...manifests) => {
      declare(...manifests);
      const applied = await cairn("apply --yes");
      if (applied.code !== 0) throw new Error(`apply ended with ${applied.code}: ${applied.stderr}${applied.stdout}`);
      const { code, stdout } = await cairn("plan --detailed-exitcode");
      if (code !== 0) throw new Error(`something is left to do after an apply: ${stdout}`);
      return applied;
    },
    rows: (kind) => (emulator.state()["huaweicloud"]?.[kind] ?? []) as readonly Row[],
    read: (file) => readFileSync(join(folder, file), "utf8"),
    ledger: () => JSON.parse(readFileSync(join(folder, ".cairn/ledger.json"), "utf8")),
  };
}

type PlanDocument = {
  readonly resource_changes: readonly {
    readonly name: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
  readonly cairn: {
    readonly calls: Planned["calls"];
    readonly changes: readonly { readonly address: string; readonly fields: readonly { readonly path: string }[] }[];
  };
};

/** In ten days, in the words of a seed: not before somebody puts the clock forward. */
export function someday(becomes: object): { readonly coming: readonly object[] } {
  return { coming: [{ at: Date.now() + 10 * day, becomes }] };
}

const day = 24 * 3_600_000;

/** The emulator's fetch, which puts its clock eleven days forward after the first answer of which `when` holds. */
export function passing(
  { emulator }: EdgeProject,
  when: (url: string, method: string, status: number) => boolean,
): Fetch & { readonly struck: () => boolean } {
  let isPast = false;
  const fetch: Fetch = async (url, request) => {
    const answer = await emulator.fetch(url, request);
    if (!isPast && when(url, request.method, answer.status)) {
      isPast = true;
      emulator.advance(11 * day);
    }
    return answer;
  };
  return Object.assign(fetch, { struck: () => isPast });
}

/** A manifest of an add-on of the cluster `c1`; its template is the last segment of its name. */
export function addon(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: "cce/v3",
    kind: "AddonInstance",
    metadata: { name, ...metadata },
    spec: { clusterId: "c1", ...spec },
  };
}

const network = { vpcId: "vpc-1", subnetId: "net-1", securityGroupId: "sg-1", availableZoneIds: ["z-b", "z-a"] };

/** A manifest of a gateway. */
export function gateway(name: string, spec: object = {}, metadata: object = {}): object {
  const whole = { specId: "BASIC", ...network, ...spec };
  return { apiVersion: "apig/v2", kind: "ApigInstance", metadata: { name, ...metadata }, spec: whole };
}
