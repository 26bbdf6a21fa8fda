import fc from "fast-check";
import { kindsOf, providers } from "../../providers/index.ts";
import { address, lastSegment } from "../../src/core/address.ts";
import { checkDesired } from "../../src/core/check.ts";
import { type Desired, plainLifecycle } from "../../src/core/desired.ts";
import { type Field, fieldsOf } from "../../src/core/fields.ts";
import type { Kind } from "../../src/core/kind.ts";
import type { Fields, Value } from "../../src/core/values.ts";
import { type Draw, drawOf } from "./field-values.ts";
import { huaweicloudRecipes } from "./huaweicloud-recipes.ts";
import type { Before, Manifest, Recipe } from "./recipe.ts";
import { retailcloudRecipes } from "./retailcloud-recipes.ts";

/** The recipes of all kinds. */
export const recipes: Readonly<Record<string, Recipe>> = { ...retailcloudRecipes, ...huaweicloudRecipes };

const kinds = kindsOf(providers);

type Drawn = {
  readonly name: string;
  readonly draw: Draw;
  readonly lifecycle: Fields;
  readonly leans: number;
};

/**
 * Sets of manifests that fit together, of any kinds: what `validate` would refuse has been left out. Drawn from few names and
 * values, so that one wish mostly changes much of what another one made.
 */
export function wishes(only: readonly string[] = [...kinds.keys()]): fc.Arbitrary<readonly Manifest[]> {
  const chosen = inOrder().filter(({ kind }) => only.includes(kind));
  return fc.tuple(...chosen.map((kind) => drawnOf(kind))).map((drawn) => fitting(chosen, drawn));
}

/** A spec of every kind, as it is drawn. */
export const draws: fc.Arbitrary<Readonly<Record<string, Draw>>> = fc.record(
  Object.fromEntries([...kinds].map(([name, kind]) => [name, drawOf(kind, recipes[name]?.values ?? {})])),
);

function drawnOf(kind: Kind): fc.Arbitrary<readonly Drawn[]> {
  const { names, most, values = {} } = recipes[kind.kind] ?? { names: [], most: 0 };
  const one = fc.record({
    name: fc.constantFrom(...names),
    draw: drawOf(kind, values),
    lifecycle: lifecycles,
    leans: fc.nat({ max: 99 }),
  });
  const some = (least: number) => fc.uniqueArray(one, { minLength: least, maxLength: most, selector: nameOf });
  // What has nothing to refer to falls out anyway: without a bias for more, children would be rare.
  return fc.oneof({ weight: 4, arbitrary: some(1) }, { weight: 1, arbitrary: some(0) });
}

const nameOf = ({ name }: Drawn): string => name;

/** Most manifests say nothing. */
const lifecycles: fc.Arbitrary<Fields> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ deletionPolicy: "retain" }) },
  { weight: 1, arbitrary: fc.constant({ deletionPolicy: "delete" }) },
  { weight: 1, arbitrary: fc.constant({ force: true }) },
);

/** Kinds, each after those that it refers to or follows by value. */
function inOrder(): readonly Kind[] {
  const placed: Kind[] = [];
  const place = (kind: Kind | undefined): void => {
    if (kind === undefined || placed.includes(kind)) return;
    for (const { reference } of fieldsOf(kind)) place(kinds.get(reference ?? ""));
    for (const edge of kind.after ?? []) place(kinds.get(edge.kind));
    placed.push(kind);
  };
  for (const kind of kinds.values()) place(kind);
  return placed;
}

function fitting(chosen: readonly Kind[], drawn: readonly (readonly Drawn[])[]): readonly Manifest[] {
  const made: Manifest[] = [];
  const before: Before = {
    find: (kind, name) => made.find((one) => one.kind === kind && one.metadata.name === name)?.spec,
    all: (kind) => made.filter((one) => one.kind === kind),
  };
  chosen.forEach((kind, index) => {
    for (const one of drawn[index] ?? []) {
      const spec = referring(kind, one.draw, before);
      const fit = spec && fitted(recipes[kind.kind], spec, before, one.name);
      if (fit !== undefined) made.push(manifestOf(kind, one, fit, made));
    }
  });
  return withoutFaults(made);
}

function fitted(recipe: Recipe | undefined, spec: Fields, before: Before, name: string): Fields | undefined {
  return recipe?.fit === undefined ? spec : recipe.fit(spec, before, name);
}

function manifestOf(kind: Kind, { name, lifecycle, leans }: Drawn, spec: Fields, made: readonly Manifest[]): Manifest {
  const other = leans < 5 ? made[leans % Math.max(made.length, 1)] : undefined;
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: {
      name,
      ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
      ...(other === undefined ? {} : { dependsOn: [address(other.kind, other.metadata.name)] }),
    },
    spec,
  };
}

/** The draw with names for numbers; undefined where there is nothing to refer to. */
function referring(kind: Kind, draw: Draw, before: Before): Fields | undefined {
  const spec: Record<string, Value> = {};
  for (const field of fieldsOf(kind)) {
    const value = draw[field.name];
    const found = value === undefined ? undefined : foundFor(field, value, before);
    if (found !== undefined) spec[field.name] = found;
    else if (value !== undefined && !field.optional) return undefined;
  }
  return spec;
}

function foundFor({ reference, list }: Field, value: Value, { all }: Before): Value | undefined {
  if (reference === undefined) return value;
  const names = all(reference).map((one) => one.metadata.name);
  const found = [value].flat().flatMap((one: Value) => named(one, names));
  return list && found.length > 0 ? found : found[0];
}

/** The name that a number chooses; what is no number is a reference by itself. */
function named(value: Value, names: readonly string[]): readonly Value[] {
  return typeof value === "number" ? names.slice(value % names.length).slice(0, 1) : [value];
}

/** Leaves out, one after the other, what a check of all documents finds fault with. */
function withoutFaults(manifests: readonly Manifest[]): readonly Manifest[] {
  const parsed = manifests.flatMap((manifest) => {
    const desired = desiredOf(manifest);
    return desired === undefined ? [] : [{ manifest, desired }];
  });
  const { faults } = checkDesired(
    parsed.map(({ desired }) => desired),
    kinds,
  );
  const guilty = new Set(faults.map(({ address: at }) => at));
  const kept = parsed.filter(({ desired }) => !guilty.has(desired.address)).map(({ manifest }) => manifest);
  return kept.length === manifests.length ? kept : withoutFaults(kept);
}

function desiredOf({ kind: word, metadata, spec }: Manifest): Desired | undefined {
  const kind = kinds.get(word);
  const { name } = metadata;
  const named = kind?.naming === undefined ? {} : { [kind.naming]: lastSegment(name) };
  const parsed = kind?.spec.safeParse({ ...named, ...spec });
  if (kind === undefined || !parsed?.success) return undefined;
  return {
    ...{ address: address(word, name), kind: word, name, spec: parsed.data as Fields, lifecycle: plainLifecycle },
    provider: kind.apiVersion.startsWith("retailcloud") ? "retailcloud" : "huaweicloud",
    ...{ labels: {}, dependsOn: (metadata["dependsOn"] ?? []) as Desired["dependsOn"] },
    ...{ source: { file: `${word}.yaml` }, places: {}, sources: {} },
  };
}
