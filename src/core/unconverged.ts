import type { Address } from "./address.ts";
import type { Change, FieldChange, Plan } from "./change.ts";
import { differences } from "./diff.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { byText, canonicalText, type Value } from "./values.ts";

/**
 * What an apply has left undone, seen by a plan that was made after it: every field of the addresses in `made` that is not
 * as it was written (`E_NOT_CONVERGED`), every one of their objects that is not there, and what kept them from being looked
 * at. Pure.
 */
export function unconverged(
  { changes, errors }: Pick<Plan, "changes" | "errors">,
  made: ReadonlySet<Address>,
): readonly Diagnostic[] {
  const planned = new Set(changes.map(({ address }) => address));
  const isBlind = [...made].some((address) => !planned.has(address));
  const blind = errors.filter(({ address }) => (address === undefined ? isBlind : made.has(address)));
  const differing = changes.filter(({ address, action }) => made.has(address) && action !== "no-op");
  return [...blind, ...differing.flatMap(toldOf)];
}

/** The fault of an object that was deleted and that its list still shows. */
export function stillThere({ address, id = "" }: Pick<Change, "address" | "id">): Diagnostic {
  return fault("E_NOT_CONVERGED", `was deleted, and the cloud still shows it (id ${id})`, {
    address,
    help: "it is not owned any more; look at it in the cloud, and delete it there if it stays",
  });
}

function toldOf(change: Change): readonly Diagnostic[] {
  const { action, fields, reason } = change;
  if (action === "create") return [at(change, `was made, and the cloud does not show it: ${reason}`, lookHelp)];
  if (fields.length === 0) return [at(change, `was applied, and is not as wanted: ${reason}`, lookHelp)];
  return fields.map((field) => at(change, sentence(field), cure(field), field.path));
}

function at({ address, source }: Change, message: string, help: string, field?: string): Diagnostic {
  return fault("E_NOT_CONVERGED", message, {
    ...(source === undefined ? {} : { place: source }),
    address,
    ...(field === undefined ? {} : { field }),
    help,
  });
}

const lookHelp = "look at it in the cloud, then run cairn plan";

/** The values are fit to be shown: secrets are left out of them. */
function sentence(change: FieldChange): string {
  const { before, after, secret, yaml } = change;
  if (secret === true) return "the cloud does not keep it as it was written; both values are secret";
  if (yaml !== true) return `wanted ${textOf(after)}, got ${textOf(before)}`;
  const leaves = differences(before, after, { yaml: true });
  const told = leaves.slice(0, mostLeaves).map((leaf) => {
    return `${leaf.path}: wanted ${textOf(leaf.after)}, got ${textOf(leaf.before)}`;
  });
  const rest = leaves.length > mostLeaves ? [`and ${leaves.length - mostLeaves} more`] : [];
  return [...told, ...rest].join("; ");
}

const mostLeaves = 3;
const mostCharacters = 200;

function textOf(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  const text = canonicalText(value);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

function cure({ field, path, before, after, secret, yaml }: FieldChange): string {
  const ignore = `metadata.lifecycle.ignoreChanges: [${field}]`;
  const plain = secret !== true && yaml !== true && before !== undefined;
  if (!plain) return `if the cloud may keep its own, let it: ${ignore}`;
  const how = likeness(after, before);
  const same = how === undefined ? "" : `it differs in ${how} alone; `;
  return `${same}write what the cloud keeps (${path}: ${textOf(before)}), or leave it to the cloud: ${ignore}`;
}

/** What would have to be overlooked for two values to be the same. */
function likeness(one: Value | undefined, other: Value): string | undefined {
  const alike = (form: (value: Value) => string): boolean => one !== undefined && form(one) === form(other);
  const text = (value: Value): string => (typeof value === "string" ? value : canonicalText(value));
  if (alike(text)) return "its type";
  if (alike((value) => text(value).toLowerCase())) return "letter case";
  if (alike((value) => text(value).replaceAll(/\s+/g, ""))) return "white space";
  if (isList(one) && isList(other) && inOrder(one) === inOrder(other)) return "the order of its elements";
  return undefined;
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function inOrder(list: readonly Value[]): string {
  return list.map(canonicalText).sort(byText).join();
}
