import type { Address } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import { alike, differences } from "../core/diff.ts";
import { type Diagnostic, fault } from "../core/errors.ts";
import { plan } from "../core/plan.ts";
import { type Fields, sameValue, type Value } from "../core/values.ts";
import { type EditedManifests, editManifests, type FieldEdit } from "../manifest/edit-manifests.ts";
import type { Files } from "../manifest/files.ts";
import type { LoadedManifests } from "../manifest/load.ts";
import type { Variables } from "../manifest/variables.ts";
import { writtenReferences } from "../manifest/written-references.ts";
import type { AcceptedField } from "./accepted-fields.ts";
import type { Planned } from "./planning.ts";

/** What new texts are tried with. */
export type Trial = {
  readonly planned: Planned;
  /** The manifests as they were read, whatever became of them since. */
  readonly files: Files;
  readonly variables: Variables;
  /** Loads the manifests with these texts in place of the stored ones. */
  readonly load: (texts: ReadonlyMap<string, string>) => LoadedManifests;
};

/** The texts that were tried and are right, what they accept, and why the rest is not among it. */
export type Tried = {
  readonly texts: ReadonlyMap<string, string>;
  readonly fields: readonly AcceptedField[];
  readonly faults: readonly Diagnostic[];
};

type Attempt = EditedManifests & { readonly fields: readonly AcceptedField[]; readonly fault?: Diagnostic };

/**
 * Edits the manifests and proves the result before anybody writes it: loaded anew, every accepted field is as in the cloud, and
 * everything else as before. Fields that break this are left out, one by one, with the reason.
 */
export function tryOut(trial: Trial, fields: readonly AcceptedField[]): Tried {
  const rejected: Diagnostic[] = [];
  const { texts, obstacles, fields: kept } = choose(trial, attempt(trial, []), fields, rejected);
  const hindered = new Set(obstacles.map(keyOf));
  const now = hindered.size === 0 ? new Map<Address, Fields>() : specsOf(trial.load(texts));
  // A field of which a part is written is told among both.
  const written = kept
    .map((one) =>
      hindered.has(keyOfField(one)) ? { ...one, after: now.get(one.desired.address)?.[one.field.name] } : one,
    )
    .filter(({ before, after }) => !sameValue(before, after));
  return { texts, fields: written, faults: [...obstacles, ...rejected] };
}

function specsOf({ desired }: LoadedManifests): ReadonlyMap<Address, Fields> {
  return new Map(desired.map(({ address, spec }) => [address, spec]));
}

/** As many of the candidates as can be accepted together with what is kept already. */
function choose(trial: Trial, kept: Attempt, candidates: readonly AcceptedField[], rejected: Diagnostic[]): Attempt {
  const [first] = candidates;
  if (first === undefined) return kept;
  const together = attempt(trial, [...kept.fields, ...candidates]);
  if (together.fault === undefined) return together;
  if (candidates.length === 1) {
    rejected.push({ ...together.fault, address: first.desired.address, field: first.field.name });
    return kept;
  }
  const half = Math.ceil(candidates.length / 2);
  return choose(trial, choose(trial, kept, candidates.slice(0, half), rejected), candidates.slice(half), rejected);
}

function attempt(trial: Trial, fields: readonly AcceptedField[]): Attempt {
  const { files, variables } = trial;
  const edited = editManifests(files, variables, fields.map(editOf));
  const reason = edited.texts.size === 0 ? undefined : objection(trial, fields, edited);
  if (reason === undefined) return { ...edited, fields };
  const place = fields.at(-1)?.desired.source;
  const help = "change it by hand";
  return { ...edited, fields, fault: fault("E_ACCEPT", reason, { ...(place === undefined ? {} : { place }), help }) };
}

function editOf({ desired, field, before, after }: AcceptedField): FieldEdit {
  const written = (value: Value | undefined): Value | undefined =>
    value === undefined || field.reference === undefined ? value : writtenReferences(value);
  const { yaml, unordered } = field.traits;
  const arrangement = { ...(yaml === undefined ? {} : { yaml }), ...(unordered === undefined ? {} : { unordered }) };
  return { desired, field: field.name, before: written(before), after: written(after), arrangement };
}

function keyOf({ address, field = "" }: Diagnostic): string {
  return `${address} ${field.split(".", 1)[0]}`;
}

function keyOfField({ desired, field }: AcceptedField): string {
  return `${desired.address} ${field.name}`;
}

/** Why the texts may not be written; undefined where they say what is wanted, and nothing else. */
function objection(trial: Trial, fields: readonly AcceptedField[], edited: EditedManifests): string | undefined {
  const { desired, diagnostics } = trial.load(edited.texts);
  const broken = diagnostics.find(({ severity }) => severity === "error");
  if (broken !== undefined) return `cannot be written: ${broken.message}`;
  const hindered = new Set(edited.obstacles.map(keyOf));
  const accepted = new Map(fields.map((one) => [keyOfField(one), one]));
  const now = new Map(desired.map((one) => [one.address, one]));
  const { basis } = trial.planned;
  if (now.size !== basis.desired.length) return "cannot be written: it would declare other resources";
  for (const old of basis.desired) {
    const other = otherThan(old, now.get(old.address), accepted, hindered);
    if (other !== undefined) return `cannot be written: ${other} would change as well`;
  }
  return stillDiffering(trial, fields, desired, hindered);
}

/** What of a manifest is neither as before nor as accepted. */
function otherThan(
  old: Desired,
  now: Desired | undefined,
  accepted: ReadonlyMap<string, AcceptedField>,
  hindered: ReadonlySet<string>,
): string | undefined {
  if (now === undefined || !sameValue(frameOf(old), frameOf(now))) return old.address;
  const names = new Set([...Object.keys(old.spec), ...Object.keys(now.spec)]);
  const strange = [...names].find((name) => {
    const key = `${old.address} ${name}`;
    const [before, after] = [old.spec[name], now.spec[name]];
    const field = accepted.get(key);
    if (field === undefined) return !sameValue(before, after);
    return !isWithin(field, after) || (!hindered.has(key) && !alike(after, field.after, field.field.traits));
  });
  return strange === undefined ? undefined : `${old.address} ${strange}`;
}

function frameOf({ address, kind, provider, labels, lifecycle, dependsOn }: Desired): Fields {
  return { address, kind, provider, labels, lifecycle: lifecycle as Fields, dependsOn };
}

/** True where each part of a field is as before or as accepted. */
function isWithin({ field, before, after }: AcceptedField, now: Value | undefined): boolean {
  const wished = new Map(differences(before, after, field.traits).map((one) => [one.path, one.after]));
  return differences(before, now, field.traits).every(
    (one) => wished.has(one.path) && sameValue(wished.get(one.path), one.after),
  );
}

/** Plans with the new manifests against what was seen: what was accepted as a whole makes no difference any more. */
function stillDiffering(
  { planned }: Trial,
  fields: readonly AcceptedField[],
  desired: readonly Desired[],
  hindered: ReadonlySet<string>,
): string | undefined {
  const { basis, ledger } = planned;
  const after = plan({ ...basis, ledger, desired });
  const known = new Set(planned.plan.errors.map(({ message }) => message));
  const broken = after.errors.find(({ message }) => !known.has(message));
  if (broken !== undefined) return `cannot be accepted: ${broken.message}`;
  const different = new Set(
    after.changes.flatMap(({ address, fields: own }) => own.map(({ field }) => `${address} ${field}`)),
  );
  const found = fields.find((one) => one.complete && !hindered.has(keyOfField(one)) && different.has(keyOfField(one)));
  return found === undefined ? undefined : `cannot be written so that ${keyOfField(found)} is as in the cloud`;
}
