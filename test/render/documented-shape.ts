import { readFileSync } from "node:fs";

/** One row of a table: a key, whether it may be absent, and the type of its value as written. */
type Row = { readonly key: string; readonly optional: boolean; readonly type: string };

/** The tables of a page of docs by the heading above them. */
export type Shape = ReadonlyMap<string, readonly Row[]>;

/** Reads every table with the columns key, type, holds; the heading above it names it. */
export function documentedShape(file: string): Shape {
  const shape = new Map<string, Row[]>();
  let heading = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, title] = /^### (.+)$/.exec(line) ?? [];
    if (title !== undefined) heading = title;
    const [, key, type] = /^\| `([^`]+)` \| (.*?) \|/.exec(line) ?? [];
    if (key === undefined || type === undefined) continue;
    const rows = shape.get(heading) ?? [];
    rows.push({ key: key.replace(/\?$/, ""), optional: key.endsWith("?"), type });
    shape.set(heading, rows);
  }
  return shape;
}

/** Where a value is not what its type says, and (in `seen`) every documented key that it has, as `table.key`. */
export function mismatches(
  shape: Shape,
  type: string,
  value: unknown,
  seen: Set<string>,
  at = "document",
): readonly string[] {
  if (type.startsWith("list of ")) {
    if (!Array.isArray(value)) return [`${at}: no list`];
    return value.flatMap((item, index) =>
      mismatches(shape, type.slice("list of ".length), item, seen, `${at}[${index}]`),
    );
  }
  const alternatives = type.split(" or ");
  if (alternatives.length > 1) {
    const tried = alternatives.map((one) => mismatches(shape, one, value, seen, at));
    return tried.some((found) => found.length === 0) ? [] : [`${at}: ${JSON.stringify(value)} is none of ${type}`];
  }
  if (type.startsWith("record of ")) {
    if (!isRecord(value)) return [`${at}: no record`];
    const inside = type.slice("record of ".length);
    return Object.entries(value).flatMap(([key, item]) => mismatches(shape, inside, item, seen, `${at}.${key}`));
  }
  const rows = shape.get(type);
  return rows === undefined ? plainMismatch(type, value, at) : recordMismatches(shape, type, value, seen, at);
}

function recordMismatches(
  shape: Shape,
  type: string,
  value: unknown,
  seen: Set<string>,
  at: string,
): readonly string[] {
  if (!isRecord(value)) return [`${at}: no ${type}`];
  const rows = shape.get(type) ?? [];
  const unknown = Object.keys(value).filter((key) => !rows.some((row) => row.key === key));
  return [
    ...unknown.map((key) => `${at}.${key}: not documented`),
    ...rows.flatMap(({ key, optional, type: inside }) => {
      if (!(key in value)) return optional ? [] : [`${at}.${key}: missing`];
      seen.add(`${type}.${key}`);
      return mismatches(shape, inside, value[key], seen, `${at}.${key}`);
    }),
  ];
}

function plainMismatch(type: string, value: unknown, at: string): readonly string[] {
  const [, literal] = /^`(.+)`$/.exec(type) ?? [];
  const fits: Readonly<Record<string, boolean>> = {
    text: typeof value === "string",
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    true: value === true,
    null: value === null,
    record: isRecord(value),
    anything: value !== undefined,
  };
  const right = literal === undefined ? fits[type] : JSON.stringify(value) === literal;
  return right === true ? [] : [`${at}: ${JSON.stringify(value)} is no ${type}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
