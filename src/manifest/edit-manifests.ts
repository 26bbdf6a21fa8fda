import { posix } from "node:path";
import type { Desired } from "../core/desired.ts";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import type { Value } from "../core/values.ts";
import type { Files } from "./files.ts";
import type { Laid } from "./laid.ts";
import { layOut } from "./layout.ts";
import { obstacleFault } from "./obstacle-fault.ts";
import { parseYaml, type YamlDocument } from "./parse-yaml.ts";
import { readText } from "./read-text.ts";
import { type FileChange, type Splice, type SplicedField, splice, spliceText } from "./splice.ts";
import { applyEdits, columnOf, type TextEdit } from "./text-edit.ts";
import type { Variables } from "./variables.ts";
import { placeOfNode } from "./yaml-node.ts";

/** A field of a manifest's spec, with what it holds and what it is to hold; references as manifests write them. */
export type FieldEdit = SplicedField & { readonly desired: Desired };

/** The new texts of files, by path, and what could not be written. */
export type EditedManifests = {
  readonly texts: ReadonlyMap<string, string>;
  readonly obstacles: readonly Diagnostic[];
};

type Sheet = { readonly text: string; readonly documents: readonly YamlDocument[]; readonly edits: TextEdit[] };
type Desk = { readonly files: Files; readonly variables: Variables; readonly sheets: Map<string, Sheet> };

/**
 * Writes fields into the manifests that declare them, and into the files that stand there by `$file`, so that every byte that
 * is not of these values stays. What comes from elsewhere (a variable, the environment, an anchor) is not written, and said.
 * Reads files, writes none.
 */
export function editManifests(files: Files, variables: Variables, edits: readonly FieldEdit[]): EditedManifests {
  const desk: Desk = { files, variables, sheets: new Map() };
  const manifests = [...new Set(edits.map(({ desired }) => desired))];
  const obstacles = manifests.flatMap((desired) => {
    const own = edits.filter((edit) => edit.desired === desired);
    return editManifest(desk, desired, own);
  });
  const texts = [...desk.sheets].flatMap(([path, { text, edits: own }]): [string, string][] => {
    const written = applyEdits(text, distinct(own));
    return written === text ? [] : [[path, written]];
  });
  return { texts: new Map(texts), obstacles };
}

/** Two fields that one file holds may ask for the same edit. */
function distinct(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map((one) => [JSON.stringify(one), one])).values()];
}

function editManifest(desk: Desk, desired: Desired, fields: readonly FieldEdit[]): readonly Diagnostic[] {
  const sheet = sheetOf(desk, desired.source.file);
  const document = sheet.documents.find(({ root }) => isAt(placeOfNode(root), desired.source));
  const spec = document === undefined ? undefined : specOf(layOut(document.text));
  if (document === undefined || spec === undefined) {
    return fields.map(({ field }) => unplaced(desired, field, "the manifest does not write its spec out"));
  }
  const { edits, obstacles, files } = splice(document.text, spec, fields);
  const offset = document.start + (sheet.text.startsWith("\uFEFF") ? 1 : 0);
  sheet.edits.push(...edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text })));
  const context = { address: desired.address, variables: desk.variables, placeOf: document.root.placeOf };
  return [
    ...obstacles.map((one) => obstacleFault(context, one)),
    ...files.flatMap((one) => {
      const { arrangement = {} } = fields.find(({ field }) => field === one.path.split(".", 1)[0]) ?? {};
      return editFile(desk, desired, one, arrangement);
    }),
  ];
}

function isAt(one: Desired["source"], other: Desired["source"]): boolean {
  return one.line === other.line && one.column === other.column;
}

function specOf(root: Laid | undefined): Laid | undefined {
  return root?.entries.find(({ key }) => key.text === "spec")?.value;
}

function sheetOf({ files, sheets }: Desk, path: string): Sheet {
  const found = sheets.get(path);
  if (found !== undefined) return found;
  const read = readText(files, path);
  const text = "text" in read ? read.text : "";
  const sheet = { text, documents: parseYaml(new TextEncoder().encode(text), path), edits: [] };
  sheets.set(path, sheet);
  return sheet;
}

/** Edits what a `$file` holds: the object in its YAML, or the text that it is. */
function editFile(
  desk: Desk,
  desired: Desired,
  { path, before, after }: FileChange,
  arrangement: FieldEdit["arrangement"],
): readonly Diagnostic[] {
  const source = desired.sources[path]?.replace(/^\$file /, "");
  if (source === undefined) return [unplaced(desired, path, "its file is not known")];
  const file = posix.normalize(source);
  const read = readText(desk.files, file);
  if ("reason" in read) return [unplaced(desired, path, read.reason)];
  const sheet = desk.sheets.get(file) ?? { text: read.text, documents: [], edits: [] };
  desk.sheets.set(file, sheet);
  const { edits, obstacles } = changesOf(read.text, before, after, arrangement);
  sheet.edits.push(...edits);
  const context = { address: desired.address, variables: desk.variables, placeOf: placesIn(file, read.text) };
  return obstacles.map((one) =>
    obstacleFault(context, { ...one, path: one.path === "" ? path : `${path}.${one.path}` }),
  );
}

function placesIn(file: string, text: string): (offset: number) => Place {
  return (offset) => ({
    file,
    line: text.slice(0, offset).split(/\r\n|\n|\r/).length,
    column: columnOf(text, offset) + 1,
  });
}

type Changes = Pick<Splice, "edits" | "obstacles">;

function changesOf(text: string, before: Value | undefined, after: Value, { yaml }: FieldEdit["arrangement"]): Changes {
  if (typeof after !== "string") return spliceText(text, before ?? null, after, { yaml: yaml === true });
  // What a field leaves out of the text that it is given, such as a last line break, stays.
  const rest = typeof before === "string" && text.startsWith(before) ? text.slice(before.length) : "";
  return { edits: [{ start: 0, end: text.length, text: `${after}${rest.trim() === "" ? rest : ""}` }], obstacles: [] };
}

function unplaced({ source, address }: Desired, field: string, reason: string): Diagnostic {
  const help = "change it by hand";
  return fault("E_ACCEPT", `cannot be written: ${reason}`, { place: source, address, field, help });
}
