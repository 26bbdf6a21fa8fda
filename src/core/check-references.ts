import { splitAddress } from "./address.ts";
import { type Documents, followPath, type PathEnd } from "./check-scope.ts";
import type { Desired } from "./desired.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { type Field, fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";
import { placeOf } from "./place-of.ts";
import { isReference, type Reference } from "./reference.ts";
import { closest, didYouMean } from "./suggest.ts";
import type { Fields, Value } from "./values.ts";
import { wording } from "./wording.ts";

/** Where a check stands: the document, a path in its spec, and the faults found so far. */
type Position = {
  readonly documents: Documents;
  readonly desired: Desired;
  readonly path: string;
  readonly faults: Diagnostic[];
};

/**
 * Completes the references of a spec, those inside parents and lookups too, to canonical form, and checks that each
 * leads somewhere through the same provider. Faults are pushed.
 */
export function completeReferences(documents: Documents, desired: Desired, kind: Kind, faults: Diagnostic[]): Desired {
  const spec = { ...desired.spec };
  for (const field of fieldsOf(kind)) {
    const value = spec[field.name];
    if (field.reference === undefined || value === undefined) continue;
    spec[field.name] = completeValue({ documents, desired, path: field.name, faults }, field.reference, value);
  }
  return { ...desired, spec };
}

/** Checks that every scope path of a document's kind can be followed as far as manifests tell. */
export function checkScope(documents: Documents, desired: Desired, kind: Kind): Diagnostic[] {
  return kind.scope.flatMap((path) => {
    const end = followPath(documents, kind, desired.spec, path);
    if (end.end !== "missing") return [];
    const head = path.split(".", 1).join();
    return [broken({ documents, desired, path: head, faults: [] }, missing(end, kind.kind))];
  });
}

function completeValue(at: Position, kind: string, value: Value): Value {
  if (Array.isArray(value)) {
    return value.map((one: Value, index) => completeValue({ ...at, path: `${at.path}.${index}` }, kind, one));
  }
  return isReference(value) ? complete(at, kind, value) : value;
}

function complete(at: Position, kindName: string, reference: Reference): Reference {
  if ("to" in reference) {
    at.faults.push(...checkTarget(at, reference.to));
    return reference;
  }
  const kind = at.documents.kinds.get(kindName);
  // An id needs no kind to be looked up in: it may be of something that no provider here makes.
  if (kind === undefined && "id" in reference && Object.keys(reference.parents).length === 0) return reference;
  if (kind === undefined) {
    at.faults.push(broken(at, `refers to a ${kindName}, which no provider here knows; remove the reference`));
    return reference;
  }
  if ("id" in reference) {
    const allowed = fieldsOf(kind).filter((field) => field.reference !== undefined || kind.scope.includes(field.name));
    return { id: reference.id, parents: completeFields(at, kind, reference.parents, allowed) };
  }
  const known = fieldsOf(kind);
  if (Object.keys(reference.lookup).length === 0) {
    const names = known.map((field) => field.name).join(", ");
    at.faults.push(broken(at, `the lookup says nothing of the ${kindName}; add at least one of ${names}`));
    return reference;
  }
  const lookup = completeFields(at, kind, reference.lookup, known);
  for (const path of kind.scope) {
    const end = followPath(at.documents, kind, lookup, path);
    if (end.end === "missing") at.faults.push(broken(at, missing(end, kindName)));
  }
  return { lookup };
}

/** Brings fields of a kind that a reference holds into canonical form; every key must be among the allowed ones. */
function completeFields(at: Position, kind: Kind, fields: Fields, allowed: readonly Field[]): Fields {
  const names = allowed.map((field) => field.name);
  const entries = Object.entries(fields).map(([name, value]): [string, Value] => {
    const inside = { ...at, path: `${at.path}.${name}` };
    const field = allowed.find((one) => one.name === name);
    if (field !== undefined) return [name, completeField(inside, kind, field, value)];
    const otherwise = names.length === 0 ? "remove it" : `known here: ${names.join(", ")}`;
    const cure = didYouMean(name, names, otherwise);
    at.faults.push(broken(inside, `"${name}" does not help to find the ${kind.kind}; ${cure}`));
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function completeField(at: Position, kind: Kind, { name, schema, reference }: Field, value: Value): Value {
  const parsed = schema.safeParse(value, { error: wording });
  if (parsed.success) {
    const canonical = parsed.data as Value;
    return reference === undefined ? canonical : completeValue(at, reference, canonical);
  }
  const reasons = parsed.error.issues.map((issue) => issue.message).join(", ");
  at.faults.push(broken(at, `the ${name} of the ${kind.kind} ${reasons}; correct it`));
  return value;
}

function checkTarget(at: Position, target: Desired["address"]): Diagnostic[] {
  const { wanted, broken: faulty } = at.documents;
  const found = wanted.get(target);
  if (found !== undefined) {
    const [theirs, ours] = [found.provider, at.desired.provider];
    if (theirs === ours) return [];
    const cure = "give both the same provider, or refer to the object by { id: … }";
    return [broken(at, `${target} lives in provider "${theirs}", this manifest in "${ours}"; ${cure}`)];
  }
  if (faulty.has(target)) return [];
  const { kind, name } = splitAddress(target);
  // Whoever writes the address means the name behind its kind.
  const meant = name.startsWith(`${kind}/`) ? splitAddress(name).name : name;
  const cure = didYouMean(meant, namesOf(at.documents, kind), "add one, or refer to an existing object by { id: … }");
  return [broken(at, `no ${kind} manifest is named "${name}"; ${cure}`)];
}

/** The names of all documents of a kind, faulty ones too. */
function namesOf({ wanted, broken: faulty }: Documents, kind: string): readonly string[] {
  const all = [...wanted.keys(), ...faulty].map(splitAddress);
  return all.filter((one) => one.kind === kind).map((one) => one.name);
}

/** Checks the edges that a manifest names itself. */
export function checkEdges(documents: Documents, desired: Desired): Diagnostic[] {
  const { wanted, broken: faulty } = documents;
  return desired.dependsOn.flatMap((target, index) => {
    if (wanted.has(target) || faulty.has(target)) return [];
    const { kind, name } = splitAddress(target);
    const isKind = documents.kinds.has(kind);
    const meant = isKind ? closest(name, namesOf(documents, kind)) : closest(kind, documents.kinds.keys());
    const whole = isKind ? `${kind}/${meant}` : `${meant}/${name}`;
    const cure = meant === undefined ? "remove it, or add that manifest" : `did you mean "${whole}"?`;
    const at = { documents, desired, path: `metadata.dependsOn.${index}`, faults: [] };
    return [broken(at, `no manifest declares ${target}; ${cure}`)];
  });
}

function missing({ kind, field, behind }: PathEnd & { end: "missing" }, lister: string): string {
  const need = `and ${lister} objects are found by it`;
  if (behind === undefined || "lookup" in behind) {
    return `the ${field} of the ${kind.kind} is not given, ${need}; add ${field}`;
  }
  if ("to" in behind) return `${behind.to} has no ${field}, ${need}; add ${field} there`;
  const cure = `{ id: "${behind.id}", ${field}: … }`;
  return `the ${field} of ${kind.kind} "${behind.id}" is not given, ${need}; write ${cure}`;
}

function broken({ desired, path }: Position, message: string): Diagnostic {
  return fault("E_REFERENCE", message, { place: placeOf(desired, path), address: desired.address, field: path });
}
