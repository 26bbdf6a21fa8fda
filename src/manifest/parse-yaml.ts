import { CORE_SCHEMA, constructFromEvents, type Event, mergeTag, parseEvents, YAMLException } from "js-yaml";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import { nodeAt, type YamlNode } from "./yaml-node.ts";
import { buildTree } from "./yaml-tree.ts";

/** The largest file that is read, in bytes. */
export const largestFile = 10_000_000;

const schema = CORE_SCHEMA.withTags(mergeTag);

/** One document of a file. Without `value` it cannot be read, and `faults` say why. Values may be shared: copy, never change. */
export type YamlDocument = {
  readonly root: YamlNode;
  readonly value?: Value;
  readonly faults: readonly Diagnostic[];
  /** The document as it was written. */
  readonly text: string;
};

/**
 * Reads a YAML 1.2 file of any number of documents, with merge keys and without custom tags. Never throws: what is wrong
 * with one document hides nothing of the others. Empty documents are left out. Lines and columns of places count from 1,
 * columns in UTF-16 units.
 */
export function parseYaml(bytes: Uint8Array, file: string): readonly YamlDocument[] {
  const text = decode(bytes);
  if (text === undefined)
    return [unreadable("", fault("E_YAML", "the file is not UTF-8; save it as UTF-8", { place: { file } }))];
  const lines = lineStarts(text);
  return chunks(text).flatMap(({ start, end }) => {
    const source = text.slice(start, end);
    const placeOf = (offset: number): Place => ({ file, ...position(lines, start + offset) });
    const document = readDocument(source, placeOf);
    return document === undefined ? [] : [document];
  });
}

function readDocument(source: string, placeOf: (offset: number) => Place): YamlDocument | undefined {
  let events: Event[];
  try {
    events = parseEvents(source, {});
  } catch (error) {
    return unreadable(source, syntaxFault(error, source, placeOf));
  }
  const tree = buildTree(events, source, placeOf);
  if (tree === undefined || tree.root.plain === "") return undefined;
  const { root, faults } = tree;
  if (tree.fatal) return { root, faults, text: source };
  try {
    // Duplicate keys are among the tree's faults already, all of them.
    const [value] = constructFromEvents(events, { source, schema, json: true });
    return { root, faults, text: source, value: value as Value };
  } catch (error) {
    return { root, faults: [...faults, syntaxFault(error, source, placeOf)], text: source };
  }
}

function unreadable(text: string, why: Diagnostic): YamlDocument {
  return { root: nodeAt(why.place ?? { file: "" }), faults: [why], text };
}

/** The text of UTF-8 bytes without a byte order mark; undefined for what is not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function syntaxFault(error: unknown, source: string, placeOf: (offset: number) => Place): Diagnostic {
  const [reason, offset] =
    error instanceof YAMLException ? [error.reason, error.mark?.position ?? 0] : [String(error), 0];
  const place = placeOf(offset);
  const [interpolation] = /^\$\{[^{}\s]*\}/.exec(source.slice(Math.max(offset - 1, 0))) ?? [];
  if (interpolation !== undefined) {
    const message = `inside { } and [ ] an interpolation must be quoted; write "${interpolation}"`;
    return fault("E_YAML", message, { place: placeOf(offset - 1) });
  }
  const [, tag] = /^unknown \w+ tag !<(.*)>$/.exec(reason) ?? [];
  if (tag !== undefined) {
    return fault("E_YAML", `the tag ${tag} is not known here; remove it, or quote the text`, { place });
  }
  return fault("E_YAML", `not valid YAML: ${reason}; check indentation, quotes and brackets up to here`, {
    place,
  });
}

type Chunk = { readonly start: number; readonly end: number };

/**
 * Cuts a stream into its documents: before every line that begins with `---`, and after every one that begins with `...`;
 * YAML allows neither inside a value. Directives and comments stay with the document that follows them.
 */
function chunks(text: string): readonly Chunk[] {
  const marker = /(?<=^|[\r\n])(?:\uFEFF?---(?=[ \t\r\n]|$)|\.\.\.(?=[ \t\r\n]|$)[^\r\n]*(?:\r\n|\r|\n|$))/g;
  const cuts = [...text.matchAll(marker)].map(({ 0: mark, index }) =>
    mark.startsWith(".") ? index + mark.length : index,
  );
  const found: Chunk[] = [];
  let start = 0;
  for (const end of [...cuts, text.length]) {
    const isPreamble = /^\uFEFF?(?:[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|$)|%[^\r\n]*(?:[\r\n]|$))*$/.test(
      text.slice(start, end),
    );
    if (isPreamble && end < text.length) continue;
    found.push({ start, end });
    start = end;
  }
  return found;
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
}

/** Line and column of an offset, by halving. */
function position(lines: readonly number[], offset: number): { readonly line: number; readonly column: number } {
  let [low, high] = [0, lines.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}
