import type fc from "fast-check";
import { expect } from "vitest";
import { lawful } from "./lawful.ts";
import {
  hasNoTwins,
  isKept,
  keepsIntegrity,
  knowsWhatItMade,
  leavesOthersAlone,
  look,
  ownsExactly,
  ownsWhatItMade,
} from "./laws.ts";
import type { Death } from "./network.ts";
import type { Manifest } from "./recipe.ts";
import { drawing, type Ended, type Site } from "./site.ts";
import { type Deed, perform } from "./somebody.ts";

/** What the model knows of a project: what its manifests say. Everything else is looked up. */
export type Project = { wish: readonly Manifest[]; readonly tally: Tally };

type Command = fc.AsyncCommand<Project, Site>;

const always = (): boolean => true;
const apply = "apply --yes --allow destroy=**";
const destroy = "destroy --yes";

/** How often an apply without troubles succeeded, and how often it was refused: a test that only meets refusals proves nothing. */
export type Tally = { reached: number; refused: number };

/** Faults of the emulator, as its control route takes them. */
export type Faults = { readonly seed: number; readonly rules: readonly object[] };

/** Somebody writes other manifests. */
export function declares(wish: readonly Manifest[]): Command {
  return {
    check: always,
    run: async (project, site) => {
      project.wish = wish;
      site.declare(wish);
    },
    toString: () => `declare(${wish.map(manifestText).join(", ")})`,
  };
}

function manifestText({ kind, metadata: { name, ...metadata }, spec }: Manifest): string {
  const more = Object.keys(metadata).length === 0 ? "" : ` ${JSON.stringify(metadata)}`;
  return `${kind}/${name}${more} ${JSON.stringify(spec)}`;
}

/** Somebody works in the console. */
export function meddles(deed: Deed): Command {
  return {
    check: always,
    run: (_, site) => perform(site, deed),
    toString: () =>
      `somebody ${deed.does} ${deed.nth} ${JSON.stringify(deed.does === "makes" ? deed.wish : deed.draws)}`,
  };
}

/** Somebody applies what is declared. */
export function applies(parallelism: number): Command {
  return {
    check: always,
    run: async (project, site) => {
      await settle(project, site, `${apply} --parallelism ${parallelism}`);
    },
    toString: () => `apply(--parallelism ${parallelism})`,
  };
}

/** Somebody applies a part of it: one resource, with what it needs, or all but one, with what needs it. */
export function appliesPartly(choice: "target" | "exclude", nth: number): Command {
  return {
    check: always,
    run: async ({ wish }, site) => {
      const before = look(site);
      const chosen = wish[nth % Math.max(wish.length, 1)];
      if (chosen === undefined) return;
      const ran = await site.cairn(`${apply} --${choice} ${chosen.kind}/${chosen.metadata.name}`);
      isOrderly(ran);
      keepsIntegrity(ran);
      const after = look(site);
      leavesOthersAlone(before, after);
      hasNoTwins(after);
      ownsWhatItMade(before, after);
      if (ran.code !== 0) lawful(ran, before);
    },
    toString: () => `applyPartly(${choice} ${nth})`,
  };
}

/** Somebody loses the ledger: what the manifests name is found again, and nothing is made a second time. */
export function losesLedger(): Command {
  return {
    check: always,
    run: async (project, site) => {
      site.loseLedger();
      await settle(project, site, apply);
    },
    toString: () => "loseLedger()",
  };
}

/** The same, while the cloud has troubles; then once more without any. */
export function appliesIn(faults: Faults): Command {
  return {
    check: always,
    run: async (project, site) => {
      const before = look(site);
      site.emulator.setFaults(faults);
      const ran = await site.cairn(apply);
      site.emulator.setFaults({ rules: [] });
      isOrderly(ran);
      leavesOthersAlone(before, look(site));
      await settle(project, site, apply, before);
    },
    toString: () => `applyIn(${JSON.stringify(faults)})`,
  };
}

/** The same, and the run dies; then once more. */
export function appliesUntil(death: Death): Command {
  return {
    check: always,
    run: async (project, site) => {
      const before = look(site);
      isOrderly(await site.cairn(apply, { death }));
      leavesOthersAlone(before, look(site));
      await settle(project, site, `${apply} --lock-timeout 10m`, before);
    },
    toString: () => `applyUntil(${death.how} ${death.nth})`,
  };
}

/** Somebody looks: nothing changes, and the order of manifests, keys and rows makes no difference. */
export function plans(seed: number): Command {
  return {
    check: always,
    run: async (project, site) => {
      const before = look(site);
      const draw = drawing(seed);
      const mix = <T>(items: readonly T[]): readonly T[] => mixed(items, draw);
      const plain = await site.cairn("plan --format json");
      site.declare(
        mix(project.wish).map((one) => withKeysMixed(one, mix)),
        "together",
      );
      const other = await site.cairn("plan --format json", { mix });
      site.declare(project.wish);
      expect(withoutPlaces(other.stdout), "the plan of the same in another order").toBe(withoutPlaces(plain.stdout));
      const drift = await site.cairn("drift");
      expect([plain.sent, other.sent, drift.sent], "calls that change something").toEqual([0, 0, 0]);
      expect(look(site)).toEqual(before);
    },
    toString: () => `plan(${seed})`,
  };
}

/** Somebody destroys everything; in troubles first, if there are any. */
export function destroys(faults: Faults | undefined): Command {
  return {
    check: always,
    run: async (_, site) => {
      const before = look(site);
      if (faults !== undefined) {
        site.emulator.setFaults(faults);
        isOrderly(await site.cairn(destroy));
        site.emulator.setFaults({ rules: [] });
      }
      const ran = await site.cairn(destroy);
      isOrderly(ran);
      keepsIntegrity(ran);
      const after = look(site);
      leavesOthersAlone(before, after);
      if (ran.code !== 0) return lawful(ran, before);
      expect(after.entries, "what is owned after destroy").toEqual([]);
      const kept = new Set(before.entries.filter(isKept).map(({ kind, id }) => `${kind} ${id}`));
      const made = new Set(before.entries.map(({ kind, id }) => `${kind} ${id}`));
      const left = after.things.map(({ kind, id }) => `${kind} ${id}`).filter((one) => made.has(one) && !kept.has(one));
      expect(left, "what cairn made and destroy left").toEqual([]);
    },
    toString: () => `destroy(${faults === undefined ? "" : JSON.stringify(faults)})`,
  };
}

/** Applies without troubles, and holds the outcome against every law. `before` is what there was before the first attempt. */
async function settle({ wish, tally }: Project, site: Site, line: string, before = look(site)): Promise<void> {
  const start = look(site);
  const ran = await site.cairn(line);
  isOrderly(ran);
  keepsIntegrity(ran);
  const after = look(site);
  leavesOthersAlone(before, after);
  hasNoTwins(after);
  if (ran.code !== 0) {
    tally.refused += 1;
    lawful(ran, start);
    return;
  }
  tally.reached += 1;
  ownsWhatItMade(before, after);
  knowsWhatItMade(before, after);
  ownsExactly(wish, after);
  const planned = await site.cairn("plan --detailed-exitcode");
  expect([planned.code, planned.stdout], "what is left to do after an apply").toEqual([0, planned.stdout]);
}

/** No run ends with a fault of its own. */
function isOrderly({ stdout, stderr }: Ended): void {
  expect(`${stdout}${stderr}`).not.toMatch(/E_INTERNAL|E_AMBIGUOUS|\n {4}at |TypeError/);
}

function mixed<T>(items: readonly T[], draw: () => number): readonly T[] {
  return items
    .map((item) => ({ item, rank: draw() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

type Mix = <T>(items: readonly T[]) => readonly T[];

/** The same document with its keys in another order. Lists keep theirs, which carries meaning in some. */
function withKeysMixed<T>(value: T, mix: Mix): T {
  if (Array.isArray(value)) return value.map((one: unknown) => withKeysMixed(one, mix)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withKeysMixed(one, mix)]);
  return Object.fromEntries(mix(entries)) as T;
}

/** A plan without the places of documents, which are others in other files. */
function withoutPlaces(document: string): string {
  return document.replace(/manifests\/[^":\s]*(:\d+)*/g, "…").replace(/"(line|column)": \d+/g, "");
}
