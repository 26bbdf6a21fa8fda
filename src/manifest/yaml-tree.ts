import { type AliasEvent, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { actual, type YamlEntry, type YamlNode } from "./yaml-node.ts";
import { numberFault, readCore } from "./yaml-scalar.ts";

/** At most so many aliases, values after expansion, and levels of nesting a document may have. */
const limits = { aliases: 100, values: 100_000, depth: 100 } as const;

/** A document as a tree of nodes. With fatal faults no values can be made of it. */
export type YamlTree = { readonly root: YamlNode; readonly faults: readonly Diagnostic[]; readonly fatal: boolean };

type Draft = YamlNode & {
  readonly target?: Draft;
  readonly size: number;
  readonly depth: number;
  /** The text of a scalar, where it is plain, a key, or may become one by an alias. */
  readonly text?: string;
};
type Frame = {
  readonly event: Event;
  readonly place: Place;
  readonly anchor: string;
  readonly items: Draft[];
  readonly entries: Map<string, YamlEntry>;
  readonly merged: YamlNode[];
  key: Draft | undefined;
  size: number;
  depth: number;
};
type Builder = {
  readonly source: string;
  readonly placeOf: (offset: number) => Place;
  readonly frames: Frame[];
  readonly anchors: Map<string, Draft | "open">;
  readonly faults: Diagnostic[];
  aliases: number;
  fatal: boolean;
};

/**
 * Builds the tree of the one document that the events hold, and checks what the tree alone shows: duplicate and complex
 * keys, integers that lose digits, aliases that are too many, cyclic or explosive. `placeOf` turns an offset in the
 * source into a place. Undefined where the events hold no document.
 */
export function buildTree(
  events: readonly Event[],
  source: string,
  placeOf: (offset: number) => Place,
): YamlTree | undefined {
  const builder: Builder = { source, placeOf, frames: [], anchors: new Map(), faults: [], aliases: 0, fatal: false };
  let root: Draft | undefined;
  for (const event of events) {
    const node = readEvent(builder, event);
    const parent = builder.frames.at(-1);
    if (node === undefined || parent === undefined) continue;
    attach(builder, parent, node);
    if (parent.event.type === EVENT_ID.DOCUMENT) root = node;
  }
  if (root === undefined) return undefined;
  if (root.size > limits.values)
    refuse(builder, root.place, `the document expands to more than ${limits.values} values; split it`);
  if (root.depth > limits.depth)
    refuse(builder, root.place, `the document is nested deeper than ${limits.depth} levels; flatten it`);
  return { root, faults: builder.faults, fatal: builder.fatal };
}

/** The node that an event completes; undefined for one that opens something. */
function readEvent(builder: Builder, event: Event): Draft | undefined {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return readScalar(builder, event);
    case EVENT_ID.ALIAS:
      return readAlias(builder, event);
    case EVENT_ID.POP:
      return close(builder);
    default:
      open(builder, event);
      return undefined;
  }
}

function open(builder: Builder, event: Event): void {
  const anchored = "anchorStart" in event && event.anchorStart >= 0;
  const anchor = anchored ? builder.source.slice(event.anchorStart, event.anchorEnd) : "";
  if (anchored) builder.anchors.set(anchor, "open");
  const place = builder.placeOf("start" in event ? event.start : 0);
  const empty = { items: [], entries: new Map(), merged: [], key: undefined, size: 1, depth: 1 };
  builder.frames.push({ event, place, anchor, ...empty });
}

function close(builder: Builder): Draft | undefined {
  const frame = builder.frames.pop();
  if (frame === undefined || frame.event.type === EVENT_ID.DOCUMENT) return undefined;
  const { place, size, depth, entries, items, merged } = frame;
  const node: Draft =
    frame.event.type === EVENT_ID.MAPPING ? { place, size, depth, entries, merged } : { place, size, depth, items };
  // An anchor of the same name inside has taken over.
  if (builder.anchors.get(frame.anchor) === "open") builder.anchors.set(frame.anchor, node);
  return node;
}

function readScalar(builder: Builder, event: ScalarEvent): Draft {
  const { source } = builder;
  const parent = builder.frames.at(-1);
  const offset = scalarOffset(source, event);
  const place = offset < 0 ? (parent?.key ?? parent ?? { place: builder.placeOf(0) }).place : builder.placeOf(offset);
  const plain = event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0;
  const isKey = parent?.event.type === EVENT_ID.MAPPING && parent.key === undefined;
  const anchored = event.anchorStart >= 0;
  const text = plain || isKey || anchored ? getScalarValue(source, event) : "";
  const node: Draft = { place, size: 1, depth: 1, text, ...(plain ? { plain: text } : {}) };
  const reason = plain ? numberFault(text) : undefined;
  if (reason !== undefined) builder.faults.push(fault("E_YAML", `${reason}; write it as "${text}"`, { place }));
  if (anchored) builder.anchors.set(source.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

/** Where a scalar begins: at its quote, block header or first character, else at its tag or anchor; -1 for an empty one. */
function scalarOffset(source: string, { style, valueStart, tagStart, anchorStart }: ScalarEvent): number {
  if (valueStart < 0) return tagStart < 0 ? Math.max(anchorStart - 1, -1) : tagStart;
  if (style === SCALAR_STYLE.PLAIN) return valueStart;
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
  const header = source.slice(0, valueStart).replace(/(?:\r\n|[\r\n])$/, "");
  const lineStart = Math.max(header.lastIndexOf("\n"), header.lastIndexOf("\r")) + 1;
  return lineStart + Math.max(header.slice(lineStart).search(/[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$/), 0);
}

function readAlias(builder: Builder, event: AliasEvent): Draft {
  const name = builder.source.slice(event.anchorStart, event.anchorEnd);
  const place = builder.placeOf(event.anchorStart - 1);
  const target = builder.anchors.get(name);
  builder.aliases += 1;
  if (builder.aliases === limits.aliases + 1) {
    refuse(builder, place, `the document has more than ${limits.aliases} aliases; write the values out`);
  }
  if (target === undefined)
    refuse(builder, place, `no anchor &${name} stands before this alias; add it, or quote the text`);
  if (target === "open") refuse(builder, place, `the alias *${name} stands inside what it refers to; remove it`);
  if (target === undefined || target === "open") return { place, size: 1, depth: 1 };
  return { place, target, size: target.size, depth: target.depth };
}

function attach(builder: Builder, parent: Frame, node: Draft): void {
  parent.size += node.size;
  parent.depth = Math.max(parent.depth, node.depth + 1);
  if (parent.event.type === EVENT_ID.SEQUENCE) parent.items.push(node);
  if (parent.event.type !== EVENT_ID.MAPPING) return;
  const { key } = parent;
  parent.key = key === undefined ? node : undefined;
  if (key !== undefined) addEntry(builder, parent, key, node);
}

function addEntry(builder: Builder, parent: Frame, key: Draft, value: Draft): void {
  const { text, plain } = written(key);
  if (text === undefined) {
    refuse(builder, key.place, "a key must be text, not a list or a map; quote it");
    return;
  }
  if (plain === "<<") {
    parent.merged.push(...(actual(value).items ?? [value]));
    return;
  }
  const name = plain === undefined ? text : String(readCore(plain));
  if (parent.entries.has(name)) {
    builder.faults.push(fault("E_YAML", `the key "${name}" is given twice; remove one`, { place: key.place }));
  }
  parent.entries.set(name, { key, value });
}

function written(node: Draft): Draft {
  return node.target === undefined ? node : written(node.target);
}

function refuse(builder: Builder, place: Place, message: string): void {
  builder.fatal = true;
  builder.faults.push(fault("E_YAML", message, { place }));
}
