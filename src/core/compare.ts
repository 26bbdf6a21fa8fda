import type { FieldChange } from "./change.ts";
import { conceal } from "./conceal.ts";
import { alike, type Difference, differences } from "./diff.ts";
import { classOf, elements, type Sides } from "./field-class.ts";
import type { Field } from "./fields.ts";
import { masked, maskText } from "./mask.ts";
import { restrict } from "./restrict.ts";
import { matchesSeal } from "./seal.ts";
import { isSealed } from "./sealed-value.ts";
import { isFields, sameValue, type Value } from "./values.ts";

/** Who knows what a field is that the cloud does not show. */
export type Knowledge = {
  /** False for an adoption: nothing is known of what was applied. */
  readonly owned: boolean;
  /** True for an object that cairn created: a field that was not applied then was left out. */
  readonly made?: boolean;
};

/** One field of one resource, without references. */
export type FieldInput = Sides &
  Knowledge & {
    /** The salt of the ledger's digests. */
    readonly salt: string;
  };

/** The differences of one field; empty where it is as wanted. */
export function compareField(input: FieldInput): readonly FieldChange[] {
  const live = visible(input);
  if (live === unknowable) return [];
  const { field, wanted, base } = input;
  const sides = { ...input, live };
  if (isUnset(wanted)) return isUnset(base) || isUnset(live) ? [] : [wholeChange(sides)];
  if (field.traits.secret === true) return secretDiffers(sides) ? [wholeChange(sides)] : [];
  if (field.traits.range === true && inRange(wanted, live)) return [];
  return valueChanges(sides);
}

function valueChanges(input: FieldInput): readonly FieldChange[] {
  const { field, wanted, live, base } = input;
  const { traits } = field;
  const shown = traits.subset === true && live !== undefined ? restrict(live, named(wanted, base), traits) : live;
  const found = differences(shown, wanted, traits);
  if (found.length === 0) return [];
  return traits.yaml === true ? yamlChanges({ ...input, live: shown }) : leafChanges({ ...input, live: shown }, found);
}

function wholeChange(input: FieldInput): FieldChange {
  return describe(input, {}, veil(input.field, input.live), veil(input.field, input.wanted));
}

const unknowable = Symbol("unknowable");

/** What the cloud has: shown by it, or (where it does not show the field) what was applied last. */
function visible(input: FieldInput): Value | undefined | typeof unknowable {
  if (!isHidden(input)) return input.live;
  return isUnknowable(input) ? unknowable : input.base;
}

/** True where the cloud does not show a field: what was applied last stands in for it. */
export function isHidden({ field, live }: Pick<FieldInput, "field" | "live">): boolean {
  return field.traits.writeOnly === true || (field.traits.describedOnly === true && live === undefined);
}

/**
 * True where nothing tells what a hidden field is: while an object is adopted, and later where the field cannot be changed and is
 * declared for the first time. It is taken as declared then: nothing is replaced for a value that nobody knows. An object that
 * cairn created without the field is known to lack it; only what leaving it out means is no difference.
 */
export function isUnknowable(input: Knowledge & Pick<FieldInput, "field" | "base" | "wanted">): boolean {
  const { field, base, wanted, owned, made } = input;
  if (!owned) return true;
  if (base !== undefined || field.traits.immutable !== true) return false;
  return made !== true || sameValue(wanted, field.absent);
}

/** Absent, empty text and empty list all mean "not set". */
export function isUnset(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function named(wanted: Value | undefined, base: Value | undefined): Value[] {
  return [wanted, base].filter((value): value is Value => value !== undefined);
}

function secretDiffers({ wanted, live, salt }: FieldInput): boolean {
  // In a drift check what is wanted comes from the ledger, too, and is sealed itself.
  return isSealed(live) && !isSealed(wanted) ? !matchesSeal(wanted, live, salt) : !sameValue(wanted, live);
}

/** A declared range is met by any live number inside it; a declared number only by itself. */
function inRange(wanted: Value | undefined, live: Value | undefined): boolean {
  if (!isFields(wanted) || typeof live !== "number") return false;
  const { min, max } = wanted;
  return typeof min === "number" && typeof max === "number" && min <= live && live <= max;
}

/** Leaves are shown as they stand in the veiled values; a difference that the veil hides is a secret's. */
function leafChanges(input: FieldInput, found: readonly Difference[]): readonly FieldChange[] {
  const { field, live, wanted } = input;
  const shown = new Map(
    differences(veil(field, live), veil(field, wanted), field.traits).map((one) => [one.path, one]),
  );
  const hidden = [...veiledElements(field, live), ...veiledElements(field, wanted)].filter(
    ([key, [veiled]]) => key !== veiled,
  );
  return found.map((difference) => {
    const path = hidden.reduce(
      (rest, [key, [veiled]]) => rest.replace(`[${key}]`, () => `[${veiled}]`),
      difference.path,
    );
    const leaf = shown.get(path);
    return describe(input, { path, ...(leaf === undefined ? { secret: true } : {}) }, leaf?.before, leaf?.after);
  });
}

/** Kubernetes objects are shown whole, one change each, so that a reader sees the difference in its surroundings. */
function yamlChanges(input: FieldInput): readonly FieldChange[] {
  const { field, live, wanted } = input;
  if (!Array.isArray(wanted)) return [describe(input, {}, veil(field, live), veil(field, wanted))];
  const [liveParts, wantedParts] = [elements(field, live), elements(field, wanted)];
  const [before, after] = [veiledElements(field, live), veiledElements(field, wanted)];
  return [...new Map([...before, ...after])]
    .filter(([key]) => !alike(liveParts.get(key), wantedParts.get(key), { yaml: true }))
    .map(([element, [veiled]]) =>
      describe(input, { path: `[${veiled}]`, element }, before.get(element)?.[1], after.get(element)?.[1]),
    );
}

/** The elements of a list as they may be shown, by their keys; with each its key as it may be shown: a key can hold a secret. */
function veiledElements(field: Field, value: Value | undefined): ReadonlyMap<string, readonly [string, Value]> {
  const shown = [...elements(field, veil(field, value))];
  return new Map([...elements(field, value).keys()].map((key, index) => [key, shown[index] ?? [maskText, maskText]]));
}

type Spot = { readonly path?: string; readonly element?: string; readonly secret?: boolean };

/** Builds the change of a field or of one spot in it; the values given are fit to be shown. */
function describe(input: FieldInput, spot: Spot, before: Value | undefined, after: Value | undefined): FieldChange {
  const { field } = input;
  const { path = "" } = spot;
  const secret = field.traits.secret === true || spot.secret === true;
  return {
    field: field.name,
    path: path === "" || path.startsWith("[") ? `${field.name}${path}` : `${field.name}.${path}`,
    ...(secret ? { secret: true as const } : shownValues(before, after)),
    ...(field.traits.yaml === true ? { yaml: true as const } : {}),
    class: classOf(input, spot.element ?? ""),
    ...costOf(field, input.wanted),
  };
}

/** The values of a change, absent ones left out. */
export function shownValues(
  before: Value | undefined,
  after: Value | undefined,
): Pick<FieldChange, "before" | "after"> {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** Whether a field's new value needs a new object, and what the change costs. */
export function costOf(field: Field, wanted: Value | undefined): Pick<FieldChange, "forcesReplace" | "disruption"> {
  const { immutable, unsetReplaces, disruption } = field.traits;
  const forcesReplace = immutable === true || (unsetReplaces === true && isUnset(wanted));
  return {
    ...(forcesReplace ? { forcesReplace: true as const } : {}),
    disruption: disruption ?? (forcesReplace ? "replace" : "none"),
  };
}

/** A field's value as it may be shown: without what its schema calls secret, or looks secret where users choose the keys. */
export function veil(field: Field, value: Value | undefined): Value | undefined {
  if (value === undefined) return undefined;
  const shown = conceal(field.schema, value, maskText);
  return field.traits.yaml === true || field.traits.freeKeys === true ? masked(shown) : shown;
}
