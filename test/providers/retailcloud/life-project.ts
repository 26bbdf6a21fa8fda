import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { EmulatorOptions } from "../../../src/emulator/index.ts";
import type { Ran } from "../../cli/run-cairn.ts";
import { shop } from "../../cli/shop.ts";
import { secrets, seed } from "./life-seed.ts";
import { manifest, type Row, type Story, type Written } from "./life-story.ts";

/** How many times as fast as real the emulator plays, and cairn waits. */
const speed = 10_000;

const env = { KEY: "cairn", SECRET: "cairn-secret", ...secrets };

/** What cairn says of one change, in its JSON. */
export type Told = {
  readonly address: string;
  readonly action: string;
  readonly adopts?: true;
  readonly fields: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[];
  readonly assumed?: readonly string[];
};

/** One run of an apply or a plan, with its own account of itself. */
type Account = Ran & { readonly changes: readonly Told[]; readonly errors: readonly { readonly help?: string }[] };

/** A project of one object and what else its story declares, in front of a cloud of its own. */
export type LifeProject = ReturnType<typeof lifeProject>;

/** Opens one that declares nothing yet. Gone when the test ends. */
export function lifeProject(kind: string, story: Story, wire: NonNullable<EmulatorOptions["wire"]>) {
  const opened = shop({ wire, speed });
  opened.edit("cairn.yaml", "pace: 1000", `pace: ${speed}`);
  opened.emulator.reset(seed);
  const cairn = (line: string): Promise<Ran> => opened.cairn(line, { env });
  const asked = async (line: string): Promise<Account> => {
    const ran = await cairn(`${line} --format json`);
    const { changes, errors } = (JSON.parse(ran.stdout) as { cairn: Pick<Account, "changes" | "errors"> }).cairn;
    return { ...ran, changes, errors };
  };
  const inState = (table: string): readonly Row[] => {
    const { retailcloud = {}, history = {} } = opened.emulator.state();
    const rows = (kind === "Rollout" && table === kind ? history["deployOrders"] : retailcloud[table]) ?? [];
    return rows as readonly Row[];
  };
  const foreign = new Set(inState(kind).map(story.id));
  return {
    emulator: opened.emulator,
    cairn,
    /** Declares the object by that name, and what its story has beside it. */
    declare: (name: string, spec: Written, lifecycle?: object): void => {
      const all = [[kind, name, spec] as const, ...(story.besides ?? [])].map((one) => manifest(...one, lifecycle));
      opened.write("manifests/web.yaml", all.map((one) => JSON.stringify(one)).join("\n---\n"));
    },
    plan: (): Promise<Account> => asked("plan"),
    /** Applies, and answers what became of the object by that name. Expects success, and that nothing is left to do. */
    settle: async (name: string, allowed = ""): Promise<Told | undefined> => {
      const applied = await asked(`apply --yes${allowed}`);
      expect(applied.stderr).not.toContain("error[");
      expect(applied.code).toBe(0);
      const planned = await cairn("plan --detailed-exitcode");
      expect(planned.stdout).toContain("No changes.");
      expect(planned.code).toBe(0);
      return applied.changes.find(({ address }) => address === `${kind}/${name}`);
    },
    /** The rows of a table that the story made: of its own kind, those that were not there before it. */
    rows: (table = kind): readonly Row[] =>
      inState(table).filter((row) => table !== kind || !foreign.has(story.id(row))),
    ids: (): readonly unknown[] => [
      ...new Set(
        inState(kind)
          .map(story.id)
          .filter((id) => !foreign.has(id)),
      ),
    ],
    /** The calls since the last look that change something. */
    changing: (): readonly string[] => {
      const calls = opened.emulator.calls().map(({ action }) => action);
      opened.emulator.clearCalls();
      return calls.filter((action) => !/^(List|Describe|Query)/.test(action));
    },
    loseLedger: (): void => rmSync(join(opened.folder, ".cairn"), { recursive: true }),
    ledger: (): { readonly entries: object } => JSON.parse(opened.read(".cairn/ledger.json")),
  };
}
