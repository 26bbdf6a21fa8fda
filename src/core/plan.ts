import type { Address } from "./address.ts";
import type { Change, Known, Plan } from "./change.ts";
import { toChange } from "./change-of.ts";
import { successorOf } from "./deposed.ts";
import type { Draft, PlanContext } from "./draft.ts";
import { draftUnwanted } from "./draft-unwanted.ts";
import { draftWanted } from "./draft-wanted.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { referencesOf } from "./fields.ts";
import { tellForced } from "./force.ts";
import { refusalsOf } from "./guards.ts";
import { movesOf } from "./moves.ts";
import { operationsOf } from "./operations.ts";
import type { PlanInput } from "./plan-input.ts";
import { checkPreconditions } from "./preconditions.ts";
import { predictCalls } from "./predict-calls.ts";
import { remarksOn } from "./remarks.ts";
import { carriersOf, checkRemovals } from "./removability.ts";
import { partEntries, renameEntries } from "./rename.ts";
import { orderReplacements, spreadReplacements } from "./replacement.ts";
import { select } from "./select.ts";
import { checkStaying } from "./staying.ts";
import { survey } from "./survey.ts";
import { type Binding, objectKey, ownedKey, type Survey } from "./survey-state.ts";
import { withUnderWay } from "./under-way.ts";
import { unknownKinds } from "./unknown-kinds.ts";
import { byText, canonicalText, type Fields } from "./values.ts";

/**
 * Compares what is wanted with what exists and what is owned, and says every step that leads from one to the other, in
 * order. Pure: no clock, no I/O, no randomness; equal inputs give equal plans. What cannot be planned stands in `errors`,
 * what apply would refuse in `refusals`.
 */
export function plan(input: PlanInput): Plan {
  const desired = input.options.destroy ? [] : input.desired;
  const ledger = partEntries(input.ledger, input.kinds, desired);
  const entries = Object.values(ledger.entries);
  const first = survey({ ...input, desired, ledger });
  const moves = movesOf(first, entries, new Set(desired.map(({ address }) => address)));
  const names = new Map([...moves].map(([address, entry]) => [entry.address, address]));
  const seen = survey({ ...input, desired, ledger: renameEntries(ledger, input.kinds, names) });
  const ownedKeys = new Set(entries.map(({ provider, kind, id }) => ownedKey(provider, kind, id)));
  const errors = [...unknownKinds(input.ledger, input.kinds)];
  const context: PlanContext = { ...input, survey: seen, errors, ownedKeys, moves, heirs: heirsOf(seen) };
  const all = draftAll(context, seen);
  spreadReplacements(context, all);
  orderReplacements(context, all);
  const { drafts: selected, left } = select(context, all);
  const drafts = withUnderWay(selected);
  checkPreconditions(context, drafts);
  checkRemovals(context, drafts);
  checkStaying(context, drafts);
  tellForced(drafts);
  const remarks = remarksOn(context, drafts, all);
  const operations = operationsOf(drafts);
  if (operations === undefined) context.errors.push(knot());
  const changes = [...drafts.values()]
    .map((draft) => toChange(context, drafts, draft))
    .sort((one, other) => byText(one.address, other.address));
  const { project, stack, base } = input;
  return {
    project,
    ...(stack === undefined ? {} : { stack }),
    destroy: input.options.destroy,
    ...(base === undefined ? {} : { base: { ref: base.ref, commit: base.commit } }),
    changes,
    operations: operations ?? [],
    known: { ...knownObjects(seen), ...lookedUp(context, seen) },
    calls: predictCalls(input.kinds, changes, operations ?? []),
    refusals: refusalsOf(context, [...drafts.values()], vanished(seen)),
    errors: distinct(context.errors),
    warnings: [...warningsOf(changes, left), ...remarks],
    left: [...left].sort(byText),
  };
}

function heirsOf({ bindings }: Survey): ReadonlyMap<string, Address> {
  const heirs = [...bindings.values()].flatMap(
    ({ address, desired, provider, kind, object, liveScope }): [string, Address][] =>
      desired === undefined || object === undefined
        ? []
        : [[objectKey(provider, kind.kind, object.id, liveScope), address]],
  );
  return new Map(heirs);
}

/** One draft per resource whose binding is settled; the others leave an error. */
function draftAll(context: PlanContext, seen: Survey): Map<Address, Draft> {
  const drafts = new Map<Address, Draft>();
  for (const binding of seen.bindings.values()) {
    const draft = draftOne(context, binding);
    if (draft !== undefined) drafts.set(binding.address, draft);
  }
  return drafts;
}

function draftOne(context: PlanContext, binding: Binding): Draft | undefined {
  const { address, desired, entry } = binding;
  if (binding.state === "unknown" || binding.state === "pending") {
    const place = desired === undefined ? {} : { place: desired.source };
    context.errors.push(binding.fault ?? fault("E_INTERNAL", "was not looked at", { ...place, address }));
    return undefined;
  }
  if (desired !== undefined) return draftWanted(context, { ...binding, desired });
  return entry === undefined ? undefined : draftUnwanted(context, { ...binding, entry });
}

function knot(): Diagnostic {
  return fault("E_CYCLE", "the changes depend on each other in a circle", {
    help: "apply part of them first with --target, then the rest",
  });
}

function knownObjects(seen: Survey): Readonly<Record<string, Known>> {
  const known = [...seen.bindings.values()].flatMap(({ address, object, liveScope }): [string, Known][] =>
    object === undefined ? [] : [[address, { id: object.id, spec: object.spec, scope: { ...liveScope } }]],
  );
  return Object.fromEntries(known);
}

/** Objects that are not managed and were found by look-ups, as `Kind#id`: calls may need more of them than the id. */
function lookedUp({ desired, kinds }: PlanContext, seen: Survey): Readonly<Record<string, Known>> {
  const found = desired.flatMap(({ kind, provider, spec }): [string, Known][] => {
    const own = kinds.get(kind);
    const held = own === undefined ? [] : referencesOf(own, spec).filter(({ reference }) => "lookup" in reference);
    return held.flatMap((one): [string, Known][] => {
      const target = seen.resolve(one.kind, provider, one.reference);
      if (target.state !== "known" || target.live === undefined) return [];
      return [[`${one.kind}#${target.id}`, { id: target.id, spec: target.live.spec, scope: { ...target.scope } }]];
    });
  });
  return Object.fromEntries(found);
}

/**
 * How many owned objects are proved gone from the cloud, without those that went with another one, and without the old
 * objects of replacements, which were to go.
 */
function vanished({ bindings }: Survey): number {
  const isGone = (address: Address): boolean => (bindings.get(address)?.state ?? "absent") === "absent";
  return [...bindings.values()].filter(
    ({ address, entry, kind }) =>
      entry !== undefined &&
      isGone(address) &&
      successorOf(address) === undefined &&
      !carriersOf({ kind, entry }).some(isGone),
  ).length;
}

function warningsOf(changes: readonly Change[], left: readonly Address[]): readonly Diagnostic[] {
  const notes: Diagnostic[] = [];
  for (const adopts of [true, undefined]) {
    const assumed = changes
      .filter((change) => change.adopts === adopts)
      .flatMap((change) => (change.assumed ?? []).map((field) => `${change.address} ${field}`));
    if (assumed.length === 0) continue;
    const how = adopts ? "adopted with assumed values" : "declared after its adoption, and assumed to be so";
    const help = "the cloud does not show these fields: make sure that they are as declared";
    notes.push({ severity: "warning", code: "E_ADOPT", message: `${how}: ${assumed.join(", ")}`, help });
  }
  if (left.length > 0) {
    const message = `left out by --target or --exclude, although they differ: ${[...left].sort(byText).join(", ")}`;
    const help = "a run without them does the rest";
    notes.push({ severity: "warning", code: "E_TARGET", message, help });
  }
  return notes;
}

/** The same fault of a list hits everything that lives in it, and often its neighbours: it is said once. */
function distinct(errors: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = errors.map((one): [string, Diagnostic] => {
    const { cloud, ...rest } = one;
    return [canonicalText({ ...rest, cloud: { ...cloud, requestId: null } } as Fields), one];
  });
  return [...new Map(told.reverse()).values()].reverse();
}

/** True where a plan asks apply to do or to record anything visible. */
export function hasChanges({ changes }: Pick<Plan, "changes">): boolean {
  return changes.some((change) => change.action !== "no-op");
}
