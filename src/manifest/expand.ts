import type { Diagnostic, Place } from "../core/errors.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { checkDigits, checkPlain, checkSecret, type Spot, spotFault } from "./check-written.ts";
import type { Files } from "./files.ts";
import { type Interpolated, interpolate, plainValue, type Surroundings } from "./interpolate.ts";
import { readText } from "./read-text.ts";
import type { Shape } from "./shape.ts";
import { childOf, nodeAt, placeOfNode, type YamlNode } from "./yaml-node.ts";
import { readCore } from "./yaml-scalar.ts";

/** What expansion reads from. */
export type ExpandWorld = Surroundings & { readonly files: Files };

/** A value of a document with everything in it that is replaced, and where its parts came from, by path. */
export type Expanded = {
  readonly value: Value;
  /** Inside Kubernetes objects none are kept. */
  readonly places: ReadonlyMap<string, Place>;
  /** `${env.X}` or `$file path`. */
  readonly sources: ReadonlyMap<string, string>;
  /** Paths whose values could not be told: their faults are here, and what a schema says of them is not news. */
  readonly untold: ReadonlySet<string>;
  /** Those of them for which only environment variables are missing. */
  readonly unset: ReadonlySet<string>;
  /** True where a field is named `__proto__`. */
  readonly protoKeys: boolean;
  readonly faults: readonly Diagnostic[];
};

type Run = {
  readonly world: ExpandWorld;
  readonly places: Map<string, Place>;
  readonly sources: Map<string, string>;
  readonly untold: Set<string>;
  readonly unset: Set<string>;
  protoKeys: boolean;
  readonly faults: Diagnostic[];
};

/**
 * Copies a value with interpolations and `{ $file: … }` replaced, and checks on the way what only the written form or the
 * source of a value shows: scalars of Kubernetes objects that YAML's versions read differently, and secrets in clear.
 */
export function expand(value: Value, node: YamlNode, shape: Shape, world: ExpandWorld): Expanded {
  const marks = { places: new Map(), sources: new Map(), untold: new Set<string>(), unset: new Set<string>() };
  const run: Run = { world, ...marks, protoKeys: false, faults: [] };
  const { secret, yaml } = shape;
  const copy = visit(run, { node, at: node, borrowed: false, path: "", name: "", shape, secret, yaml }, value);
  return { ...run, value: copy };
}

function visit(run: Run, here: Spot, value: Value): Value {
  // Kubernetes objects are large, and nobody asks for the places inside them.
  if (!here.yaml || here.shape.yaml) run.places.set(here.path, placeOfNode(here.at));
  if (Array.isArray(value)) return value.map((one: Value, index) => visit(run, below(here, index), one));
  if (!isFields(value)) return visitScalar(run, here, value);
  if (Object.hasOwn(value, "$file")) return visitFile(run, here, value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visitField(run, here, name, one)]));
}

function visitField(run: Run, here: Spot, name: string, value: Value): Value {
  if (name === "__proto__") run.protoKeys = true;
  const child = below(here, name);
  const key = here.yaml ? childOf(here.node, name)?.key : undefined;
  if (key !== undefined) run.faults.push(...checkPlain(child.borrowed ? child : { ...child, at: key }, key));
  return visit(run, child, value);
}

function below(spot: Spot, name: string | number): Spot {
  const child = childOf(spot.node, name);
  const node = child?.node ?? nodeAt(placeOfNode(spot.at));
  const borrowed = spot.borrowed || child === undefined || child.borrowed;
  const shape = spot.shape.child(name);
  return {
    node,
    at: borrowed ? spot.at : node,
    borrowed,
    path: spot.path === "" ? String(name) : `${spot.path}.${name}`,
    name: String(name),
    shape,
    secret: spot.secret || shape.secret,
    yaml: spot.yaml || shape.yaml,
  };
}

function visitScalar(run: Run, here: Spot, value: Value): Value {
  if (here.yaml) run.faults.push(...checkPlain(here, here.node));
  if (here.shape.digits) run.faults.push(...checkDigits(here, here.node, value));
  const isTemplate = typeof value === "string" && value.includes("${");
  if (!isTemplate && !here.secret) return value;
  const found = isTemplate ? interpolate(value, run.world) : plainValue(value);
  note(run, here, found);
  if (here.secret) run.faults.push(...checkSecret(here, found));
  const isWhole = isTemplate && /^\$\{(?:var|env)\.[\w.-]+\}$/.test(value);
  return isWhole && found.env.length > 0 ? converted(found.value, here.shape) : found.value;
}

/** Records where a value came from, and what kept it from being told. */
function note(run: Run, here: Spot, found: Interpolated): void {
  const { path } = here;
  for (const problem of found.problems) run.faults.push(spotFault(here, "E_VARIABLE", problem));
  if (found.problems.length > 0) run.untold.add(path);
  if (found.problems.length > 0 && found.problems.length === found.missing.length) run.unset.add(path);
  if (found.env.length > 0) run.sources.set(path, found.env.map((name) => `\${env.${name}}`).join(", "));
}

/** A text of the environment as the number or boolean that its field wants; as it is where it is none. */
function converted(value: Value, { wanted }: Shape): Value {
  if (wanted === undefined || typeof value !== "string") return value;
  const read = readCore(value.trim());
  return typeof read === wanted && (wanted === "boolean" || Number.isFinite(read)) ? read : value;
}

function visitFile(run: Run, here: Spot, value: Fields): Value {
  const { path } = here;
  const named: Spot = { ...below(here, "$file"), secret: false, yaml: false };
  const before = run.faults.length;
  const written = visit(run, named, value["$file"] ?? null);
  const read = run.faults.length > before ? undefined : fileText(run, value, written);
  if (read !== undefined && "text" in read) {
    run.sources.set(path, `$file ${written}`);
    return read.text;
  }
  run.untold.add(path);
  if (read !== undefined) run.faults.push(spotFault(here, "E_FILE", read.reason));
  return value;
}

function fileText(run: Run, value: Fields, path: Value): { readonly text: string } | { readonly reason: string } {
  const others = Object.keys(value).filter((name) => name !== "$file");
  if (others.length > 0) return { reason: `$file must stand alone; remove ${others.join(", ")}` };
  if (typeof path !== "string") return { reason: "$file must be the path of a file; write { $file: path }" };
  return readText(run.world.files, path);
}
