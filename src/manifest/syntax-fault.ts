import { YAMLException } from "js-yaml";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";

/** Where the parser gave up: the whole text, the offset, and the lines around it. */
type Spot = { readonly source: string; readonly at: number; readonly line: string; readonly before: string };

type Told = { readonly message: string; readonly at?: number };
type Rule = readonly [reason: RegExp, tell: (spot: Spot, match: RegExpExecArray) => string];

const controlCharacter = "a control character stands here, which YAML does not allow; remove it";
const neverClosed = "not valid YAML: the quotes or brackets opened before are never closed; close them";

/** What a template of another tool is told. */
export const noTemplate = "{{ }} and {% %} are no templates here; write ${var.NAME}, in quotes inside { } and [ ]";

/** What the parser's reasons mean for whoever wrote the text, and what to do. The first that fits is told. */
const rules: readonly Rule[] = [
  [
    /^unknown \w+ tag !<(.*)>$/,
    (_, [, tag = ""]) => `the tag ${tagText(tag)} is not known here; remove it, or quote the text`,
  ],
  [
    /^cannot resolve a node with !<(.*)> explicit tag$/,
    (_, [, tag = ""]) => `the value does not fit its tag ${tagText(tag)}; remove the tag`,
  ],
  [
    /^undeclared tag handle (".*")$/,
    (_, [, handle]) => `the tag prefix ${handle} is not known here; remove the tag, or quote the text`,
  ],
  [/^tab characters/, () => "not valid YAML: a tab indents this line; use spaces"],
  [/null byte|valid JSON character|non-printable/, () => controlCharacter],
  [
    /^nesting exceeded maxDepth \((\d+)\)/,
    (_, [, depth]) => `the document is nested deeper than ${depth} levels; flatten it`,
  ],
  [
    /^merge keys exceeded maxTotalMergeKeys \((\d+)\)/,
    (_, [, count]) => `merge keys bring in more than ${count} fields; write the values out`,
  ],
  [/^abnormal merge sequence size/, () => "<< merges more than 100 maps; write the values out"],
  [/^cannot merge mappings/, () => "<< takes a map or a list of maps; write an alias of one, such as *base"],
  [/^unacceptable YAML version/, () => "only YAML 1 is read here; remove the %YAML line above"],
  [
    /^directives end mark/,
    () => "not valid YAML: a line of --- must follow a line that begins with %; add it, or remove that line",
  ],
  [
    /^unknown escape sequence/,
    () => "not valid YAML: double quotes do not know this escape; write \\\\ for a backslash, or use single quotes",
  ],
  [/^unexpected end of the (?:stream|document) within/, () => neverClosed],
  [/^deficient indentation/, ({ source, at }) => (/\S/.test(source.slice(at)) ? deficient : neverClosed)],
  [/^expected the node content, but found ','/, () => "not valid YAML: nothing stands before this comma; remove it"],
  [
    /^missed comma/,
    ({ source, at }) =>
      badStart(source, at) ??
      "not valid YAML: between the entries of { } and [ ] a comma is missing; add it, or quote the text",
  ],
  [/^bad indentation/, badIndentation],
  [/^end of the stream or a document separator/, cannotFollow],
  [
    /^can not read a block mapping entry/,
    () => "not valid YAML: a line before has no colon behind its key; write key: value",
  ],
];

const deficient =
  "not valid YAML: this line still belongs to the quotes or brackets of a line before; close them there, or indent this line";

/** The fault of a text that is no YAML, in words that say what to do. `placeOf` makes a place of an offset in the source. */
export function syntaxFault(error: unknown, source: string, placeOf: (offset: number) => Place): Diagnostic {
  const [reason, offset] =
    error instanceof YAMLException ? [error.reason, error.mark?.position ?? 0] : [String(error), 0];
  const { message, at = offset } = toldByText(source, offset) ?? { message: toldByReason(reason, source, offset) };
  return fault("E_YAML", message, { place: placeOf(at) });
}

/** The cause that the text itself shows, whatever the parser stumbled over. */
function toldByText(source: string, offset: number): Told | undefined {
  const [interpolation] = /^\$\{[^{}\s]*\}/.exec(source.slice(Math.max(offset - 1, 0))) ?? [];
  if (interpolation !== undefined) {
    return { message: `inside { } and [ ] an interpolation must be quoted; write "${interpolation}"`, at: offset - 1 };
  }
  const conflict = source.search(/^(?:<{7}|>{7}) /m);
  if (conflict >= 0) return { message: "a merge conflict was left in the file; resolve it", at: conflict };
  return /\{\{|\{%/.test(spotAt(source, offset).line) ? { message: noTemplate } : undefined;
}

function toldByReason(reason: string, source: string, offset: number): string {
  const spot = spotAt(source, offset);
  for (const [pattern, tell] of rules) {
    const match = pattern.exec(reason);
    if (match !== null) return tell(spot, match);
  }
  return `not valid YAML: ${reason}; check indentation, quotes and brackets up to here`;
}

function spotAt(source: string, at: number): Spot {
  const start = startOfLine(source, at);
  const [line = ""] = source.slice(start, start + 1000).split(/[\r\n]/, 1);
  const before = source.slice(0, start).trimEnd();
  return { source, at, line, before: before.slice(startOfLine(before, before.length)) };
}

function startOfLine(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}

function badStart(source: string, at: number): string | undefined {
  const character = source[at] ?? "";
  return /[%@`]/.test(character) ? `not valid YAML: a text cannot begin with ${character}; quote it` : undefined;
}

function badIndentation({ source, at }: Spot): string {
  const inside =
    'not valid YAML: a text with ": " inside must be quoted; quote it, or write the inner map on lines of its own';
  if (source[at] === ":") return inside;
  const aligned = "not valid YAML: this line is indented like nothing before it; align it with what it belongs to";
  return badStart(source, at) ?? aligned;
}

function cannotFollow({ line, before }: Spot): string {
  const [, key] = /^[ \t]*([\w.-]+):[^\s:]/.exec(before) ?? [];
  if (key !== undefined) return `not valid YAML: behind "${key}:" in the line before a space is missing; add it`;
  if (/^[ \t]*- /.test(line)) {
    return "not valid YAML: a list cannot begin where a map goes on; indent it below its key";
  }
  return "not valid YAML: this line cannot follow the line before; check quotes, brackets and the indentation of both";
}

/** A tag as it is usually written. */
function tagText(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}
