import { type AliasEvent, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { scalarOffset } from "./scalar-offset.ts";
import { noTemplate } from "./syntax-fault.ts";
import { placeOfNode, type YamlEntry, type YamlNode } from "./yaml-node.ts";
import { numberFault, readCore } from "./yaml-scalar.ts";

/** At most so many aliases, values after expansion, and levels of nesting a document may have. */
const limits = { aliases: 100, values: 100_000, depth: 100 } as const;

/** A document as a tree of nodes. With fatal faults no values can be made of it. */
export type YamlTree = { readonly root: YamlNode; readonly faults: readonly Diagnostic[]; readonly fatal: boolean };

type Draft = YamlNode & {
  readonly target: Draft | undefined;
  readonly size: number;
  readonly depth: number;
  /** The text of a scalar, where it is plain, a key, or may become one by an alias. */
  readonly text: string | undefined;
};
type Frame = {
  readonly type: Event["type"];
  readonly offset: number;
  readonly anchor: string;
  readonly items: Draft[] | undefined;
  readonly entries: Map<string, YamlEntry> | undefined;
  merged: YamlNode[] | undefined;
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
 * keys, numbers that would change, aliases that are too many, cyclic or explosive. `placeOf` turns an offset in the
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
    if (parent.type === EVENT_ID.DOCUMENT) root = node;
  }
  if (root === undefined) return undefined;
  const { values, depth } = limits;
  if (root.size > values) refuse(builder, root, `the document expands to more than ${values} values; split it`);
  if (root.depth > depth) refuse(builder, root, `the document is nested deeper than ${depth} levels; flatten it`);
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

function open(builder: Builder, event: Exclude<Event, ScalarEvent | AliasEvent>): void {
  const anchored = "anchorStart" in event && event.anchorStart >= 0;
  const anchor = anchored ? builder.source.slice(event.anchorStart, event.anchorEnd) : "";
  if (anchored) builder.anchors.set(anchor, "open");
  builder.frames.push({
    type: event.type,
    offset: "start" in event ? event.start : 0,
    anchor,
    items: event.type === EVENT_ID.SEQUENCE ? [] : undefined,
    entries: event.type === EVENT_ID.MAPPING ? new Map() : undefined,
    merged: undefined,
    key: undefined,
    size: 1,
    depth: 1,
  });
}

function close(builder: Builder): Draft | undefined {
  const frame = builder.frames.pop();
  if (frame === undefined || frame.type === EVENT_ID.DOCUMENT) return undefined;
  const { offset, size, depth, entries, items, merged, anchor } = frame;
  const { placeOf } = builder;
  const node: Draft = {
    offset,
    placeOf,
    plain: undefined,
    target: undefined,
    entries,
    merged,
    items,
    size,
    depth,
    text: undefined,
  };
  // An anchor of the same name inside has taken over.
  if (anchor !== "" && builder.anchors.get(anchor) === "open") builder.anchors.set(anchor, node);
  return node;
}

function readScalar(builder: Builder, event: ScalarEvent): Draft {
  const { source, anchors } = builder;
  const parent = builder.frames.at(-1);
  const begin = scalarOffset(source, event);
  const offset = begin < 0 ? (parent?.key ?? parent ?? { offset: 0 }).offset : begin;
  const isPlain = event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0;
  const isKey = parent?.type === EVENT_ID.MAPPING && parent.key === undefined;
  const anchored = event.anchorStart >= 0;
  const text = isPlain || isKey || anchored ? getScalarValue(source, event) : "";
  const node = leaf(builder, offset, text, isPlain ? text : undefined);
  const reason = isPlain ? numberFault(text) : undefined;
  if (reason !== undefined) report(builder, node, `${reason}; write it as "${text}"`);
  if (anchored) anchors.set(source.slice(event.anchorStart, event.anchorEnd), node);
  return node;
}

function leaf({ placeOf }: Builder, offset: number, text: string, plain: string | undefined): Draft {
  const nothing = { target: undefined, entries: undefined, merged: undefined, items: undefined };
  return { offset, placeOf, plain, ...nothing, size: 1, depth: 1, text };
}

function readAlias(builder: Builder, event: AliasEvent): Draft {
  const name = builder.source.slice(event.anchorStart, event.anchorEnd);
  const target = builder.anchors.get(name);
  const node = leaf(builder, event.anchorStart - 1, "", undefined);
  builder.aliases += 1;
  if (builder.aliases === limits.aliases + 1) {
    refuse(builder, node, `the document has more than ${limits.aliases} aliases; write the values out`);
  }
  if (target !== undefined && target !== "open") return { ...node, target, size: target.size, depth: target.depth };
  if (target === "open") refuse(builder, node, `the alias *${name} stands inside what it refers to; remove it`);
  else refuse(builder, node, `no anchor &${name} stands before this alias; add it, or quote the text`);
  return node;
}

function attach(builder: Builder, parent: Frame, node: Draft): void {
  parent.size += node.size;
  parent.depth = Math.max(parent.depth, node.depth + 1);
  parent.items?.push(node);
  if (parent.entries === undefined) return;
  const { key } = parent;
  parent.key = key === undefined ? node : undefined;
  if (key !== undefined) addEntry(builder, parent, parent.entries, key, node);
}

function addEntry(builder: Builder, parent: Frame, entries: Map<string, YamlEntry>, key: Draft, value: Draft): void {
  const { text, plain } = written(key);
  if (text === undefined) {
    const isTemplate = builder.source.startsWith("{{", key.offset - 1);
    refuse(builder, key, isTemplate ? noTemplate : "a key must be text, not a list or a map; quote it");
    return;
  }
  if (plain === "<<") {
    if (parent.merged !== undefined) report(builder, key, "the key << is given twice; write <<: [*one, *other]");
    parent.merged = [...(parent.merged ?? []), ...(written(value).items ?? [value])];
    return;
  }
  const name = plain === undefined ? text : String(readCore(plain));
  if (entries.has(name)) report(builder, key, `the key "${name}" is given twice; remove one`);
  entries.set(name, { key, value });
}

function written(node: Draft): Draft {
  return node.target === undefined ? node : written(node.target);
}

function report({ faults }: Builder, node: Draft, message: string): void {
  faults.push(fault("E_YAML", message, { place: placeOfNode(node) }));
}

function refuse(builder: Builder, node: Draft, message: string): void {
  builder.fatal = true;
  report(builder, node, message);
}
