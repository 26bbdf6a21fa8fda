import {
  boolCoreTag,
  boolYaml11Tag,
  floatCoreTag,
  floatYaml11Tag,
  intCoreTag,
  intYaml11Tag,
  NOT_RESOLVED,
  nullCoreTag,
  nullYaml11Tag,
  type ScalarTagDefinition,
  timestampTag,
} from "js-yaml";

const core = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];
const yaml11 = [nullYaml11Tag, boolYaml11Tag, intYaml11Tag, floatYaml11Tag, timestampTag];

// How anything but text begins; most scalars are text, and are told so at once.
const numberFirsts = new Set("-+.0123456789");
const coreFirsts = new Set([...numberFirsts, "", ..."~nNtTfF"]);
const anyFirsts = new Set([...numberFirsts, ..."ynotfYNOTF"]);

/** What a plain scalar means in YAML 1.2's core schema: null, a boolean, a number, or the text itself. */
export function readCore(text: string): null | boolean | number | string {
  if (!coreFirsts.has(text.charAt(0))) return text;
  return read(core, text) as null | boolean | number | string;
}

/** True for a plain scalar that YAML 1.1, which Kubernetes' own parser follows, reads otherwise than YAML 1.2. */
export function isAmbiguous(text: string): boolean {
  return anyFirsts.has(text.charAt(0)) && !Object.is(readCore(text), read(yaml11, text));
}

/** Why a plain scalar cannot be kept as the number that it is; undefined where it can. */
export function numberFault(text: string): string | undefined {
  if (!numberFirsts.has(text.charAt(0))) return undefined;
  if (/^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?[0-9]+)$/.test(text)) {
    return Number.isSafeInteger(Number(text)) ? undefined : `the integer ${text} is above 2^53 and would lose digits`;
  }
  const value = readCore(text);
  return typeof value === "number" && !Number.isFinite(value) ? `${text} is no number that an API takes` : undefined;
}

function read(tags: readonly ScalarTagDefinition[], text: string): unknown {
  for (const tag of tags) {
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}
