import { dump } from "js-yaml";
import type { FieldExplanation, KindExplanation } from "../core/explain.ts";
import type { Value } from "../core/values.ts";
import type { Paint } from "./paint.ts";
import { namesText } from "./value-text.ts";
import { displayWidth, padTo } from "./width.ts";

/** Every kind with its one sentence; ends with a line break. */
export function renderKindList(
  kinds: readonly Pick<KindExplanation, "kind" | "apiVersion" | "description">[],
  paint: Paint,
): string {
  const width = Math.max(...kinds.map(({ kind }) => displayWidth(kind)));
  const rows = kinds.map(({ kind, apiVersion, description }) =>
    `${paint.bold(padTo(kind, width))}  ${padTo(apiVersion, 15)} ${description}`.trimEnd(),
  );
  return lines([...rows, "", "cairn explain KIND tells its fields, cairn explain KIND.field more of one."]);
}

/** A kind: its sentence, what matters of it, its fields, and an example that passes `validate`. Ends with a line break. */
export function renderKindExplanation(kind: KindExplanation, paint: Paint): string {
  const { apiVersion, description, scope, naming, notes, actions, fields, example } = kind;
  const facts: readonly (readonly [string, string])[] = [
    ["known by", namesText([...scope, ...(naming === undefined ? [] : [naming])])],
    ["calls", namesText(actions)],
    ...notes.map((note) => ["", note] as const),
  ];
  return lines([
    `${paint.bold(kind.kind)} (${apiVersion}): ${description}`,
    "",
    ...facts.filter(([, text]) => text !== "").map(([label, text]) => `  ${padTo(label, 9)} ${text}`),
    "",
    "Fields of spec (* required):",
    ...fieldTable(fields, paint),
    "",
    "Example (texts in capitals are to be replaced):",
    ...exampleLines(example),
  ]);
}

/** One field with everything that its schema says, and the fields inside it. Ends with a line break. */
export function renderFieldExplanation(kind: string, field: FieldExplanation, paint: Paint): string {
  const { path, type, required, description, notes, setBy, shownBy, example, fields } = field;
  const facts: readonly (readonly [string, string])[] = [
    ["type", type],
    ["required", required ? "yes" : "no"],
    ["default", field.default === undefined ? "" : JSON.stringify(field.default)],
    ...notes.map((note) => ["", note] as const),
    ["set by", namesText(setBy)],
    ["shown by", shownBy ?? ""],
  ];
  const name = path.split(".").at(-1) ?? path;
  return lines([
    `${paint.bold(`${kind}.${path}`)}${description === undefined ? "" : `: ${description}`}`,
    "",
    ...facts.filter(([, text]) => text !== "").map(([label, text]) => `  ${padTo(label, 9)} ${text}`),
    ...(fields.length === 0 ? [] : ["", "Fields (* required):", ...fieldTable(fields, paint)]),
    "",
    "Example:",
    ...exampleLines({ [name]: example }),
  ]);
}

function fieldTable(fields: readonly FieldExplanation[], paint: Paint): readonly string[] {
  const rows = fields.map(({ path, required, type, description, notes, default: initial }) => ({
    name: `${path.split(".").at(-1)}${required ? " *" : ""}`,
    type,
    rest: [description, ...(initial === undefined ? [] : [`default ${JSON.stringify(initial)}`]), ...notes.slice(0, 2)]
      .filter((text) => text !== undefined)
      .join("; "),
  }));
  const widths = [
    Math.max(...rows.map(({ name }) => displayWidth(name))),
    Math.max(...rows.map((row) => displayWidth(row.type))),
  ];
  return rows.map(({ name, type, rest }) =>
    `  ${paint.bold(padTo(name, widths[0] ?? 0))}  ${padTo(type, Math.min(40, widths[1] ?? 0))}  ${rest}`.trimEnd(),
  );
}

function lines(list: readonly string[]): string {
  return list.map((line) => `${line}\n`).join("");
}

/** In the order of the schema, as somebody would write it. */
function exampleLines(example: Value): readonly string[] {
  const text = dump(example, { noRefs: true, lineWidth: -1 }).trimEnd();
  return text.split("\n").map((line) => `  ${line}`);
}
