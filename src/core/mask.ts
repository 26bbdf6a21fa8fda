import { isSealed } from "./sealed-value.ts";
import { type Fields, isFields, type Value } from "./values.ts";

/** What stands where a secret would. */
export const maskText = "(secret)";

const secretKey = /password|passwd|pwd|token|secret|credential|key$/i;
const secretName = String.raw`(?:[\w.-]*(?:password|passwd|pwd|token|secret|credential)[\w.-]*|[\w.-]*key)`;

/** `name: value` and `name=value`, also behind `- ` or `export `; the value with what a backslash or a block of YAML adds to it. */
const secretLine = new RegExp(
  [
    String.raw`^(([ \t]*)(?:-[ \t]+|export[ \t]+)?${secretName}[ \t]*[:=][ \t]*)`,
    String.raw`(?:[|>][-+\d]*[ \t]*(?:(?:\r?\n[ \t]*)*?\r?\n\2[ \t]+\S.*)+|\S(?:\\\r?\n|.)*)`,
  ].join(""),
  "gim",
);

/** A member of JSON, or of YAML with quoted names, anywhere in a line. */
const secretMember = new RegExp(
  String.raw`(["']${secretName}["'][ \t]*:[ \t]*)(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w.+-]+)`,
  "gi",
);

const signedUrl =
  /([?&](?:signature|x-amz-signature|x-amz-credential|ossaccesskeyid|security-token|token)=)[^&\s"']+/gi;

/** The password of `scheme://user:password@host`. */
const passwordInUrl = /(:\/\/[^\s/:@"']*:)[^\s/@"']+@/g;

/** True for a key whose value is treated as secret wherever users may write free keys: ConfigMaps, environment lists. */
export function looksSecret(key: string): boolean {
  return secretKey.test(key);
}

/** Masks the signatures, tokens and passwords in the URLs of a text, and nothing else of it. */
export function maskUrls(text: string): string {
  return text.replace(signedUrl, `$1${maskText}`).replace(passwordInUrl, `$1${maskText}@`);
}

/** Masks what looks secret inside a text: signatures in URLs, and the values of lines and members with a secret-looking name. */
export function maskLines(text: string): string {
  return maskUrls(text).replace(secretLine, `$1${maskText}`).replace(secretMember, `$1"${maskText}"`);
}

/** A part of a text: where it begins, and where what follows it begins. */
export type Span = { readonly start: number; readonly end: number };

/**
 * The parts of a text that `maskLines` masks, in order, none inside another: signatures and passwords in URLs, and the values
 * of lines and members with a secret-looking name, these without their quotes.
 */
export function secretSpans(text: string): readonly Span[] {
  const found = [signedUrl, passwordInUrl, secretLine, secretMember].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: whole, 1: before = "", index }) => {
      const value = whole.slice(before.length);
      const [, quote = ""] = /^(["']).*\1$/s.exec(value) ?? [];
      // The "@" behind a password in a URL belongs to the URL.
      const rest = pattern === passwordInUrl ? 1 : quote.length;
      return { start: index + before.length + quote.length, end: index + whole.length - rest };
    }),
  );
  const spans: { start: number; end: number }[] = [];
  for (const next of found.sort((one, other) => one.start - other.start)) {
    const last = spans.at(-1);
    if (last === undefined || next.start >= last.end) spans.push(next);
    else last.end = Math.max(last.end, next.end);
  }
  return spans;
}

/** `name=value` and `name: value` anywhere in a line, as programs print them. */
const secretMention = new RegExp(String.raw`(${secretName}["']?[ \t]*[:=][ \t]*)("[^"]*"|'[^']*'|[^\s,;&"']+)`, "gi");

/** What stands behind the scheme of an `Authorization` header. */
const authorization = /\b((?:bearer|basic)[ \t]+)[\w.~+/=-]{6,}/gi;

/** The password in `scheme://user:password@host`. */
const userPassword = /(:\/\/[^\s:/@]+:)[^\s@]+@/g;

/** Masks what looks secret in the output of a program: as `maskLines`, and also in the middle of a line. */
export function maskLog(text: string): string {
  return maskLines(text)
    .replace(authorization, `$1${maskText}`)
    .replace(secretMention, `$1${maskText}`)
    .replace(userPassword, `$1${maskText}@`);
}

/** Keys of Kubernetes' own, and of the clouds', that only sound secret: what they hold names something. */
const structural: ReadonlySet<string> = new Set([
  "key",
  "secretName",
  "topologyKey",
  "automountServiceAccountToken",
  "labelKey",
  "LabelKey",
]);

/** Replaces by `replacement` (or drops, where it is undefined) what looks secret in a Kubernetes object. */
function withoutSecrets(value: Value, replacement: Value | undefined): Value {
  if (Array.isArray(value)) return value.map((item) => environmentItem(item, replacement));
  if (!isFields(value)) return typeof value === "string" ? maskLines(value) : value;
  const isConfigMap = value["kind"] === "ConfigMap";
  const entries = Object.entries(value).flatMap(([key, item]): [string, Value][] => {
    if (isConfigMap && key === "data" && isFields(item)) return [[key, withoutKeys(item, replacement, looksSecret)]];
    return Object.entries(withoutKeys({ [key]: item }, replacement, namesSecret));
  });
  return Object.fromEntries(entries);
}

/** True for a key whose value is secret where Kubernetes' own keys stand beside the user's. */
export function namesSecret(key: string): boolean {
  return looksSecret(key) && !structural.has(key);
}

function withoutKeys(record: Fields, replacement: Value | undefined, hides: (key: string) => boolean): Fields {
  const entries = Object.entries(record).flatMap(([key, item]): [string, Value][] => {
    if (!hides(key) || isContainer(item)) return [[key, withoutSecrets(item, replacement)]];
    return replacement === undefined ? [] : [[key, replacement]];
  });
  return Object.fromEntries(entries);
}

function isContainer(value: Value): boolean {
  return Array.isArray(value) || (isFields(value) && !isSealed(value));
}

/** An element of a list: `{name: DB_PASSWORD, value: …}` is secret by its name. */
function environmentItem(item: Value, replacement: Value | undefined): Value {
  if (
    !isFields(item) ||
    typeof item["name"] !== "string" ||
    !looksSecret(item["name"]) ||
    item["value"] === undefined
  ) {
    return withoutSecrets(item, replacement);
  }
  const { value: _, ...rest } = item;
  const masked = withoutSecrets(rest, replacement);
  return replacement === undefined || !isFields(masked) ? masked : { ...masked, value: replacement };
}

/** A copy of a value with everything that looks secret masked, for display. */
export function masked(value: Value): Value {
  return withoutSecrets(value, maskText);
}

/** A copy of a value for the ledger, in which `instead` stands for everything that looks secret; undefined leaves it out. */
export function withoutSecretLooking(value: Value, instead: Value | undefined): Value {
  return withoutSecrets(value, instead);
}
