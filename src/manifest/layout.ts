import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from "js-yaml";
import type { Form, Laid, LaidEntry } from "./laid.ts";
import { scalarOffset } from "./scalar-offset.ts";

type Cursor = {
  readonly source: string;
  readonly events: readonly Event[];
  at: number;
  readonly anchors: Map<string, Laid & { readonly users: number[] }>;
};

/** Lays out the first document of a text that holds a value. Throws js-yaml's error where the text is no YAML. */
export function layOut(source: string): Laid | undefined {
  const events = parseEvents(source, {});
  const cursor: Cursor = { source, events, at: 0, anchors: new Map() };
  while (cursor.at < events.length) {
    const event = next(cursor);
    if (event?.type === EVENT_ID.DOCUMENT || event?.type === EVENT_ID.POP || event === undefined) continue;
    cursor.at -= 1;
    const root = read(cursor, 0, 0);
    if (root.form !== "empty") return root;
  }
  return undefined;
}

function next(cursor: Cursor): Event | undefined {
  cursor.at += 1;
  return cursor.events[cursor.at - 1];
}

/** Reads the value whose slot is given; `dash` is where its `-` stands, if it has one. */
function read(cursor: Cursor, slot: number, dash: number | undefined): Laid {
  const event = next(cursor);
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return anchored(cursor, event, scalar(cursor, event, slot), dash);
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE: {
      const laid = event.type === EVENT_ID.MAPPING ? map(cursor, event, slot) : list(cursor, event, slot);
      return anchored(cursor, event, laid, dash);
    }
    default:
      return alias(cursor, event as AliasEvent, slot, dash);
  }
}

const nothing = { text: "", indent: -1, flow: true, entries: [], items: [], anchor: undefined, target: undefined };

type Bare = Omit<Laid, "anchor" | "users" | "dash">;

function anchored(
  { source, anchors }: Cursor,
  { anchorStart, anchorEnd }: Pick<ScalarEvent, "anchorStart" | "anchorEnd">,
  bare: Bare,
  dash: number = bare.start,
): Laid {
  const anchor = anchorStart < 0 ? undefined : source.slice(anchorStart, anchorEnd);
  const laid = { ...bare, anchor, dash, users: [] as number[] };
  if (anchor !== undefined) anchors.set(anchor, laid);
  return laid;
}

function alias({ source, anchors }: Cursor, { anchorStart, anchorEnd }: AliasEvent, slot: number, dash?: number): Laid {
  const anchor = source.slice(anchorStart, anchorEnd);
  const target = anchors.get(anchor);
  const start = anchorStart - 1;
  target?.users.push(start);
  return { ...nothing, form: "alias", slot, start, end: anchorEnd, dash: dash ?? start, anchor, target, users: [] };
}

const forms: Readonly<Record<number, Form>> = {
  [SCALAR_STYLE.PLAIN]: "plain",
  [SCALAR_STYLE.SINGLE_QUOTED]: "single",
  [SCALAR_STYLE.DOUBLE_QUOTED]: "double",
  [SCALAR_STYLE.LITERAL_BLOCK]: "literal",
  [SCALAR_STYLE.FOLDED_BLOCK]: "folded",
};

function scalar({ source }: Cursor, event: ScalarEvent, slot: number): Bare {
  const { style, valueEnd, tagEnd, anchorEnd, indent } = event;
  if (event.valueStart < 0) {
    const at = Math.max(slot, tagEnd, anchorEnd);
    return { ...nothing, form: "empty", slot, start: at, end: at };
  }
  const form = forms[style] ?? "plain";
  const text = getScalarValue(source, event);
  const start = scalarOffset(source, event);
  if (form === "plain") return { ...nothing, form, slot, start, end: valueEnd, text };
  if (form === "single" || form === "double") return { ...nothing, form, slot, start, end: valueEnd + 1, text };
  return { ...nothing, form, slot, start, end: blockEnd(source, event), text, indent, flow: false };
}

const keeping = 3;

/** The end of a block scalar's last line; lines that do not count as content belong to what follows. */
function blockEnd(source: string, { valueStart, valueEnd, chomping }: ScalarEvent): number {
  const content = source.slice(valueStart, valueEnd);
  const rest = chomping === keeping ? content.replace(/(?:\r\n|\n|\r)$/, "") : content.replace(/[ \t\r\n]*$/, "");
  const end = valueStart + rest.length;
  // Without content the header's line is all there is.
  return rest === "" ? lastOf(source, valueStart) : end;
}

function lastOf(source: string, contentStart: number): number {
  return source.slice(0, contentStart).replace(/[ \t\r\n]*$/, "").length;
}

function map(cursor: Cursor, event: MappingEvent, slot: number): Bare {
  const { source } = cursor;
  const entries: LaidEntry[] = [];
  while (!ends(cursor)) {
    const key = read(cursor, cursor.at, undefined);
    entries.push({ key, value: read(cursor, behindColon(source, key.end), undefined) });
  }
  const last = entries.at(-1)?.value.end ?? event.start;
  return { ...nothing, form: "map", slot, ...extent(source, event.start, last, "{"), entries };
}

function list(cursor: Cursor, event: SequenceEvent, slot: number): Bare {
  const { source } = cursor;
  const bracketed = source[event.start] === "[";
  const items: Laid[] = [];
  let at = event.start;
  while (!ends(cursor)) {
    const dash = bracketed ? undefined : dashAfter(source, at, items.length === 0);
    const item = read(cursor, dash === undefined ? at : dash + 1, dash);
    items.push(item);
    at = item.end;
  }
  return { ...nothing, form: "list", slot, ...extent(source, event.start, at, "["), items };
}

/** True at the end of the collection that is being read, which it leaves behind. */
function ends(cursor: Cursor): boolean {
  if (cursor.events[cursor.at]?.type !== EVENT_ID.POP) return false;
  cursor.at += 1;
  return true;
}

function extent(source: string, start: number, last: number, bracket: "{" | "["): Pick<Bare, "start" | "end" | "flow"> {
  if (source[start] !== bracket) return { start, end: last, flow: false };
  const from = Math.max(last, start + 1);
  const rest = /(?:[\s,]|(?<=\s)#[^\r\n]*)*[}\]]/y;
  rest.lastIndex = from;
  return { start, end: rest.test(source) ? rest.lastIndex : from, flow: true };
}

/** Behind the colon that follows a key; the key's end where none does. */
function behindColon(source: string, keyEnd: number): number {
  const colon = /(?:\s|(?<=\s)#[^\r\n]*)*:/y;
  colon.lastIndex = keyEnd;
  return colon.test(source) ? colon.lastIndex : keyEnd;
}

/** The next `-` of a block list: the first thing behind the element before it that is no comment. */
function dashAfter(source: string, from: number, isFirst: boolean): number {
  if (isFirst) return from;
  const gap = /(?:\s|#[^\r\n]*)*/y;
  gap.lastIndex = from;
  gap.test(source);
  return gap.lastIndex;
}
