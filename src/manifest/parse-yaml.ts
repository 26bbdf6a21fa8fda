import { CORE_SCHEMA, constructFromEvents, type Event, mergeTag, parseEvents } from "js-yaml";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import { syntaxFault } from "./syntax-fault.ts";
import { nodeAt, type YamlNode } from "./yaml-node.ts";
import { buildTree } from "./yaml-tree.ts";

/** The largest file that is read, in bytes. */
export const largestFile = 10_000_000;

/** At most so many documents a file may have, and so many characters one of them: what has more is not parsed at all. */
const limits = { documents: 20_000, characters: 2_000_000 } as const;

const schema = CORE_SCHEMA.withTags(mergeTag);

/** One document of a file. Without `value` it cannot be read, and `faults` say why. Values may be shared: copy, never change. */
export type YamlDocument = {
  readonly root: YamlNode;
  readonly value?: Value;
  readonly faults: readonly Diagnostic[];
  /** The document as it was written. */
  readonly text: string;
  /** Where it begins in the file, in UTF-16 units behind a byte order mark. */
  readonly start: number;
};

/**
 * Reads a YAML 1.2 file of any number of documents, with merge keys and without custom tags. Never throws: what is wrong
 * with one document hides nothing of the others. Empty documents are left out. Lines and columns of places count from 1,
 * columns in UTF-16 units.
 */
export function parseYaml(bytes: Uint8Array, file: string): readonly YamlDocument[] {
  const text = decode(bytes);
  if (text === undefined) {
    const place = { file, ...firstUnreadable(bytes) };
    return [unreadable("", fault("E_YAML", "the file is not UTF-8; save it as UTF-8", { place }))];
  }
  const lines = lineStarts(text);
  const parts = chunks(text);
  if (parts.length > limits.documents) {
    const message = `the file holds more than ${limits.documents} documents; spread them over several files`;
    return [unreadable("", fault("E_YAML", message, { place: { file } }))];
  }
  return parts.flatMap(({ start, end }) => {
    const placeOf = (offset: number): Place => ({ file, ...position(lines, start + offset) });
    const document = readDocument(text.slice(start, end), placeOf);
    return document === undefined ? [] : [{ ...document, start }];
  });
}

function readDocument(source: string, placeOf: (offset: number) => Place): Omit<YamlDocument, "start"> | undefined {
  if (source.length > limits.characters) {
    const message = `the document is larger than ${limits.characters / 1e6} MB; split it, or move long texts to files and write { $file: path }`;
    return unreadable("", fault("E_YAML", message, { place: placeOf(0) }));
  }
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
  return { root: nodeAt(why.place ?? { file: "" }), faults: [why], text, start: 0 };
}

/** The text of UTF-8 bytes without a byte order mark; undefined for what is not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Line and column of the first bytes that are not UTF-8. */
function firstUnreadable(bytes: Uint8Array): { readonly line: number; readonly column: number } {
  const text = new TextDecoder().decode(bytes);
  return position(lineStarts(text), text.indexOf("\uFFFD"));
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d];

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
    if (end < text.length && isPreamble(text.slice(start, end))) continue;
    found.push({ start, end });
    start = end;
  }
  return found;
}

/** True for a text of comments, directives and empty lines only. */
function isPreamble(text: string): boolean {
  return !/(?:^|[\r\n])(?!%)[ \t]*[^ \t\r\n#]/.test(text.replace(/^\uFEFF/, ""));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    const ends = character === lineFeed || (character === carriageReturn && text.charCodeAt(at + 1) !== lineFeed);
    if (ends) starts.push(at + 1);
  }
  return starts;
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
