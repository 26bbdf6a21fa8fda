import { expect } from "vitest";
import { fieldsOf } from "../../../src/core/fields.ts";
import { kindNamed } from "./kind-trial.ts";
import type { LifeProject, Told } from "./life-project.ts";
import type { Story, Trial, Written } from "./life-story.ts";

/** The object of a story as it is now to be. */
export type Now = { readonly kind: string; readonly name: string; readonly story: Story; readonly spec: Written };

/** Makes it: one object, and nothing left to do. */
export async function isMade(project: LifeProject, now: Now): Promise<void> {
  expect((await settles(project, now))?.action).toBe("create");
  expect(project.ids()).toHaveLength(1);
}

/** One of a protected kind is not made anew before somebody allows it. */
export async function isGuarded(project: LifeProject, now: Now): Promise<void> {
  if (!isProtected(now)) return;
  project.changing();
  const refused = await project.cairn(`apply --yes --replace ${addressOf(now)}`);
  expect(refused.stderr).toContain(`help: if that is what you want, run again with --allow destroy=${addressOf(now)}`);
  expect([refused.code, project.changing()]).toEqual([4, []]);
}

/** Tries one field, and answers what the spec is afterwards. */
export async function tries(project: LifeProject, now: Now, field: string, trial: Trial): Promise<Written> {
  const { along, instead, unset, given } = trial;
  const before = { ...now.spec, ...given };
  if (given !== undefined) await settles(project, { ...now, spec: before });
  const becoming = (value: Written): Now => ({ ...now, spec: { ...before, ...value, ...along } });
  if ("refuse" in trial) {
    await refuses(project, becoming({ [field]: trial.refuse }), "as well, or leave it as it is in the cloud");
    return before;
  }
  const [step, value] = wayOf(trial);
  const next = becoming({ [field]: value });
  await step(project, next, field);
  if (trial.kept !== undefined) {
    expect(project.rows(trial.keptIn)).toEqual(expect.arrayContaining([expect.objectContaining(trial.kept)]));
  }
  if (unset === undefined) return next.spec;
  const { [field]: _, ...rest } = next.spec;
  const bare = { ...now, spec: { ...rest, ...instead } };
  if (unset === "is refused") {
    const cure = fieldsOf(kindNamed(now.kind)).find(({ name }) => name === field)?.traits.cannotUnset;
    await refuses(project, bare, `${cure}; or list ${field} under metadata.lifecycle.ignoreChanges`);
    return next.spec;
  }
  await { clears: updates, replaces, "is carried": carries }[unset](project, bare, field);
  return bare.spec;
}

/** Renames the manifest: the ledger alone changes. */
export async function moves(project: LifeProject, now: Now): Promise<void> {
  const before = project.rows();
  expect((await settles(project, now))?.action).toBe("move");
  expect([project.changing(), project.rows()]).toEqual([[], before]);
}

/** Loses the ledger, and finds the object again: what the cloud does not show is assumed, which is said once. */
export async function adopts(project: LifeProject, now: Now): Promise<void> {
  const hidden = fieldsOf(kindNamed(now.kind)).filter(({ traits }) => traits.writeOnly && !traits.carried);
  const declared = hidden.filter(({ name, absent }) => (now.spec[name] ?? absent) !== undefined);
  const assumed = declared.map(({ name }) => name);
  project.loseLedger();
  const told = await settles(project, now);
  expect([told?.action, told?.adopts, told?.assumed ?? []]).toEqual(["adopt", true, assumed]);
  expect(project.changing()).toEqual([]);
  expect((await project.cairn("plan")).stderr).not.toContain("assumed");
}

/** Destroys everything that is owned; what was adopted is forgotten, unless the manifest says otherwise. */
export async function destroys(project: LifeProject, now: Now): Promise<void> {
  const kept = project.rows();
  project.declare(now.name, now.spec, { deletionPolicy: "delete" });
  await project.settle(now.name);
  const destroyed = await project.cairn("destroy --yes");
  expect(destroyed.stderr).not.toContain("error[");
  expect([destroyed.code, project.ledger().entries]).toEqual([0, {}]);
  expect(project.rows()).toEqual(now.story.stays ? kept : []);
}

type Step = (project: LifeProject, now: Now, field: string) => Promise<void>;

function wayOf(trial: Exclude<Trial, { readonly refuse: unknown }>): readonly [Step, Written[string]] {
  if ("update" in trial) return [updates, trial.update];
  return "replace" in trial ? [replaces, trial.replace] : [carries, trial.carry];
}

/** The one object becomes so by an update, which says of what it was. */
async function updates(project: LifeProject, now: Now, field: string): Promise<void> {
  const before = { ids: project.ids(), rows: project.rows() };
  const told = await settles(project, now);
  expect([told?.action, told?.fields.map((one) => one.field)]).toEqual(["update", expect.arrayContaining([field])]);
  expect(project.ids()).toEqual(before.ids);
  expect(project.rows()).not.toEqual(before.rows);
  const strange = project.changing().filter((call) => !kindNamed(now.kind).actions.update?.includes(call));
  expect(strange).toEqual([]);
}

/** Another object takes the place of the old one, which is gone. */
async function replaces(project: LifeProject, now: Now, field: string): Promise<void> {
  const { actions } = kindNamed(now.kind);
  const before = project.ids();
  const told = await settles(project, now, isProtected(now) ? ` --allow destroy=${addressOf(now)}` : "");
  expect([told?.action, told?.fields.map((one) => one.field)]).toEqual(["replace", expect.arrayContaining([field])]);
  const ids = project.ids();
  const stayed = ids.filter((id) => before.includes(id));
  expect([ids.length, stayed]).toEqual(now.story.stays ? [2, before] : [1, []]);
  expect(new Set(project.changing())).toEqual(new Set([actions.create, ...(actions.remove ? [actions.remove] : [])]));
}

/** The plan is refused and says what to do instead; nothing is sent. */
async function refuses(project: LifeProject, now: Now, help: string): Promise<void> {
  project.declare(now.name, now.spec);
  const { code, errors } = await project.plan();
  expect([code, errors.map((error) => error.help)]).toEqual([1, [expect.stringContaining(help)]]);
  expect([(await project.cairn("apply --yes")).code, project.changing()]).toEqual([1, []]);
}

/** Nothing is sent; the plan tells of what waits for the next update. */
async function carries(project: LifeProject, now: Now, field: string): Promise<void> {
  expect((await settles(project, now))?.action).toBe("no-op");
  const isAsBefore = now.spec[field] === now.story.spec[field];
  const told = expect.stringMatching(new RegExp(`changed, and not sent by itself: .*\\b${field}\\b`));
  expect((await project.cairn("plan")).stderr).toEqual(isAsBefore ? expect.not.stringContaining(field) : told);
  expect(project.changing()).toEqual([]);
}

async function settles(project: LifeProject, { name, spec }: Now, allowed = ""): Promise<Told | undefined> {
  project.changing();
  project.declare(name, spec);
  return project.settle(name, allowed);
}

function isProtected({ kind }: Now): boolean {
  return kindNamed(kind).protected === true;
}

function addressOf({ kind, name }: Now): string {
  return `${kind}/${name}`;
}
