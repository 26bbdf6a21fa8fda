import {
  boolYaml11Tag,
  CORE_SCHEMA,
  DUMP_SCHEMA,
  defineScalarTag,
  dump,
  intCoreTag,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
} from "js-yaml";
import { failure } from "../../src/core/errors.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";

const decimalForm = /^[-+]?[0-9]+$/;
const otherBase = /^([-+]?)0(?:[bB]([01]+)|[oO]?([0-7]+)|[xX]([0-9a-fA-F]+))$/;

/**
 * Whole numbers as the parser in a Kubernetes cluster reads them: `0644` and `0o644` are octal and `1_000` is a thousand;
 * `12:30` stays text. One that a number cannot hold becomes the text of its digits.
 */
const clusterInt = defineScalarTag<number | string>(intCoreTag.tagName, {
  implicit: true,
  implicitFirstChars: [..."+-0123456789"],
  identify: () => false,
  resolve: (source) => {
    const plain = source.replaceAll("_", "");
    const [, sign, two, eight, sixteen] = otherBase.exec(plain) ?? [];
    const digits = two ?? eight ?? sixteen;
    if (digits !== undefined) {
      const base = two === undefined ? (eight === undefined ? 16 : 8) : 2;
      return exact(Number.parseInt(`${sign}${digits}`, base), source);
    }
    return decimalForm.test(plain) ? exact(Number(plain), source) : NOT_RESOLVED;
  },
});

function exact(number: number, source: string): number | string {
  return Number.isSafeInteger(number) ? number : source;
}

const clusterSchema = CORE_SCHEMA.withTags(boolYaml11Tag, clusterInt, mergeTag);

/** No cluster takes more than this, in characters; and nobody writes so many values by hand. */
const most = { characters: 1_500_000, values: 100_000 } as const;

/**
 * Reads one Kubernetes object from YAML text as a cluster would read it. Throws `E_YAML` with the reason where the text is not
 * YAML, is not exactly one document, is no mapping, is larger than any cluster takes, or contains itself through an alias.
 */
export function readObject(text: string): Fields {
  const documents = parse(text).filter((one) => one !== null && one !== undefined);
  if (documents.length > 1) {
    throw failure("E_YAML", `holds ${documents.length} documents; write one document to a file`);
  }
  const value = expand(documents[0], [], { left: most.values });
  if (!isFields(value)) throw failure("E_YAML", "must be a mapping with apiVersion and kind");
  return value;
}

/** Quotes every text that begins as a number does: clusters take more forms for numbers than YAML 1.1 and 1.2 together. */
const quotedNumber = defineScalarTag<number>(intCoreTag.tagName, {
  implicit: true,
  implicitFirstChars: [..."+-.0123456789"],
  identify: intCoreTag.identify,
  resolve: (source) => (/^[-+]?\.?[0-9]/.test(source.replaceAll("_", "")) ? 0 : NOT_RESOLVED),
});

const printSchema = DUMP_SCHEMA.withTags(quotedNumber);

/**
 * Prints an object so that YAML 1.1, YAML 1.2 and clusters read it alike: every text that one of them could take for something
 * else is quoted.
 */
export function printObject(value: Fields): string {
  return dump(value, { schema: printSchema, noRefs: true, lineWidth: -1 });
}

function parse(text: string): unknown[] {
  if (text.length > most.characters) {
    throw failure("E_YAML", `is larger than ${most.characters / 1e6} MB, which no cluster takes; make it smaller`);
  }
  try {
    return loadAll(text, { schema: clusterSchema, maxAliases: 100 });
  } catch (error) {
    // The first line says what and where; a drawing of the place follows it.
    const [reason = ""] = String(error).split("\n");
    throw failure("E_YAML", `${reason.replace(/^\w+: /, "")}; correct the YAML`);
  }
}

/** A plain copy, aliases written out; one that leads back to what holds it is refused, and so are too many values. */
function expand(value: unknown, above: readonly unknown[], count: { left: number }): Value {
  count.left -= 1;
  if (count.left < 0) throw failure("E_YAML", `expands to more than ${most.values} values; write fewer aliases`);
  if (typeof value !== "object" || value === null) return value as Value;
  if (above.includes(value)) throw failure("E_YAML", "an alias refers to what contains it; write the value out");
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => expand(item, path, count));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item, path, count)]));
}
