import type { z } from "zod";
import { type Diagnostic, type ErrorCode, fault, type Place } from "../core/errors.ts";
import { looksSecret } from "../core/mask.ts";
import { didYouMean } from "../core/suggest.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { wording } from "../core/wording.ts";
import { shapeAt } from "./shape.ts";

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** A value that is held against a schema, and what its faults are told with. */
export type Checkable = {
  readonly value: Value;
  readonly schema: z.ZodType;
  /** What a field of the schema's root is called in messages: `metadata.` for metadata, nothing for specs. */
  readonly prefix: string;
  readonly code: ErrorCode;
  readonly placeOf: (path: Path, at: "key" | "value") => Place;
  /** Where the value at a path came from, if not from the document: such values are never shown. */
  readonly sourceOf: (path: string) => string | undefined;
  /** How an unquoted scalar at a path was written: `1.10` says more than the number that it is. */
  readonly writtenOf: (path: Path) => string | undefined;
  /** Paths that have a fault already. */
  readonly untold: ReadonlySet<string>;
  /** True where the value has fields named `__proto__`. */
  readonly protoKeys: boolean;
};

/** The canonical form of a value, or everything that is wrong with it. */
export type Outcome = { readonly output?: Value; readonly faults: readonly Diagnostic[] };

/** Parses a value by its schema. Faults say what is wrong and what to do; none shows a secret. Never throws. */
export function parseBy(checkable: Checkable): Outcome {
  const parsed = checkable.schema.safeParse(checkable.value, { error: wording });
  if (parsed.success) {
    const output = parsed.data as Value;
    return { output: checkable.protoKeys ? withProtoKeys(checkable.value, output) : output, faults: [] };
  }
  const issues = parsed.error.issues.flatMap((issue) => narrowed(issue));
  return { faults: issues.filter((issue) => isNews(checkable, issue)).flatMap((issue) => describe(checkable, issue)) };
}

/** The faults of a schema without those of scalars that are at fault as YAML already: these were given another value. */
export function withoutEchoes(yaml: readonly Diagnostic[], faults: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = new Set(yaml.map(({ place }) => `${place?.line}:${place?.column}`));
  const isEcho = ({ code, place }: Diagnostic): boolean =>
    (code === "E_FIELD" || code === "E_CONFIG") && told.has(`${place?.line}:${place?.column}`);
  return faults.filter((one) => !isEcho(one));
}

/** The fields of a value that fit their schemas by themselves, in canonical form: what can be told of a faulty document. */
export function partsThatFit(schema: z.ZodObject, value: Value | undefined): Fields {
  if (!isFields(value)) return {};
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const entries = Object.entries(shape).flatMap(([name, field]): [string, Value][] => {
    const parsed = field.safeParse(Object.hasOwn(value, name) ? value[name] : undefined);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data as Value]] : [];
  });
  return Object.fromEntries(entries);
}

/** The issues of the one option of a union that the value was meant for; the union's own where that cannot be told. */
function narrowed(issue: Issue): readonly Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.filter((option) =>
    option.every((one) => one.code !== "invalid_type" || one.path.length > 0),
  );
  const [only] = meant;
  if (only === undefined || meant.length > 1) return [issue];
  return only.flatMap((one) => narrowed({ ...one, path: [...issue.path, ...one.path] }));
}

/** False for what is only the echo of a fault that was found before. */
function isNews({ untold }: Checkable, issue: Issue): boolean {
  if (issue.code === "unrecognized_keys") return true;
  const path = issue.path.map(String).join(".");
  return ![...untold].some((one) => path === "" || one === path || isInside(one, path) || isInside(path, one));
}

function isInside(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`);
}

function describe(checkable: Checkable, issue: Issue): readonly Diagnostic[] {
  const { schema, value, prefix, placeOf } = checkable;
  if (issue.code === "unrecognized_keys") {
    const known = shapeAt(schema, issue.path).fields;
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      const message = `unknown field; ${didYouMean(key, known, "remove it")}`;
      return fault("E_UNKNOWN_FIELD", message, {
        place: placeOf(path, "key"),
        field: prefix + path.map(String).join("."),
      });
    });
  }
  const field = (prefix + issue.path.map(String).join(".")).replace(/\.$/, "");
  const actual = valueAt(value, issue.path);
  const place = placeOf(issue.path, issue.code === "invalid_key" ? "key" : "value");
  return [fault(checkable.code, sentence(checkable, issue, actual), { place, ...(field === "" ? {} : { field }) })];
}

function sentence(checkable: Checkable, issue: Issue, actual: Value | undefined): string {
  if (actual === undefined) return "is required; add it";
  if (actual === null) return "is empty; give it a value, or remove it";
  if (issue.code === "invalid_key") return `is no name that fits here; it ${issue.issues[0]?.message}`;
  const isWhole = issue.message.includes(";") || typeof actual === "object";
  if (issue.code === "custom" && isWhole) return issue.message;
  return `${issue.message}; ${ending(checkable, issue, actual)}`;
}

/** What stood there instead, or where it came from, with the cure where one is plain. */
function ending(checkable: Checkable, issue: Issue, actual: Value): string {
  const path = issue.path.map(String).join(".");
  const source = checkable.sourceOf(path);
  if (source !== undefined) return `it comes from ${source}, correct it there`;
  if (isSecretAt(checkable.schema, issue.path)) return "correct it";
  const written = typeof actual === "number" ? checkable.writtenOf(issue.path) : undefined;
  return `got ${shown(issue, actual, written)}`;
}

function shown(issue: Issue, actual: Value, written?: string): string {
  if (Array.isArray(actual))
    return issue.code === "too_small" || issue.code === "too_big" ? `${actual.length}` : "a list";
  if (isFields(actual)) return "a map";
  const text = written ?? JSON.stringify(actual);
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  if (issue.code === "invalid_type" && issue.expected === "string") return `${short}, quote it`;
  if (issue.code !== "invalid_value") return short;
  const cure = didYouMean(String(actual), issue.values.map(String), "");
  return [short, cure].filter(Boolean).join(", ");
}

/** True for what a schema marks as secret, and for what is named like a secret where the schema leaves the names free. */
function isSecretAt(schema: z.ZodType, path: Path): boolean {
  return path.some((step, index) => {
    const isFree = !shapeAt(schema, path.slice(0, index)).fields.includes(String(step));
    return (isFree && looksSecret(String(step))) || shapeAt(schema, path.slice(0, index + 1)).secret;
  });
}

function valueAt(value: Value | undefined, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((found, step) => {
    if (Array.isArray(found)) return found[Number(step)] as Value | undefined;
    return isFields(found) && Object.hasOwn(found, step) ? found[String(step)] : undefined;
  }, value);
}

/**
 * The output with the fields named `__proto__` that its input has: zod leaves them out of records, but to cairn they are
 * names like any other. They become own fields and change nobody's prototype.
 */
function withProtoKeys(input: Value, output: Value): Value {
  if (Array.isArray(input) && Array.isArray(output)) {
    return output.map((one: Value, index) => withProtoKeys(input[index] as Value, one));
  }
  if (!isFields(input) || !isFields(output)) return output;
  const entries = Object.entries(output).map(([name, one]) => [
    name,
    Object.hasOwn(input, name) ? withProtoKeys(input[name] ?? null, one) : one,
  ]);
  const lost = Object.entries(input).filter(([name]) => name === "__proto__" && !Object.hasOwn(output, name));
  return Object.fromEntries([...entries, ...lost]);
}
