import type { Struct } from "./action.ts";

/** How the sample in the manual departs from the flat answer in Pascal case that the SDK models. */
export type ManualStyle = {
  /** The whole body is the value of this one key. */
  readonly wrapper?: string;
  /** Inside the wrapper stands a second one, with a code of its own; `name` and `message` stand inside or beside its `data`. */
  readonly doubled?: "inside" | "beside";
  /** `Result` is printed as a list of one struct. */
  readonly resultAsList?: true;
  /** Keys spelt differently, in `Result` and in rows. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Keys that the sample lacks, in `Result` and in rows. */
  readonly omit?: readonly string[];
  /** Keys that the sample lacks at its top. */
  readonly omitTop?: readonly string[];
  /** Values spelt differently, by key, in `Result` and in rows. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Values of another form, by key, in `Result` and in rows. */
  readonly turn?: Readonly<Record<string, (value: unknown) => unknown>>;
  /** `Result` of another form. */
  reshape?(result: Struct): Struct;
  /** PageSize tells how many rows the answer has. */
  readonly pageSizeIsRows?: true;
  /** TotalCount is 0 whatever the list holds. */
  readonly totalIsZero?: true;
  /** The name of the error field in the manual's table. */
  readonly errorField?: string;
  /** Every key, at any depth, begins with a lower-case letter. */
  readonly lowerCamel?: true;
};

/** Turns the SDK's body into the one that the manual shows. */
export function inManualStyle(style: ManualStyle, body: Struct, errorField: string): Struct {
  const turned: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === errorField) turned[style.errorField ?? key] = value;
    else turned[key] = turnMember(style, key, value);
  }
  for (const key of style.omitTop ?? []) delete turned[key];
  // Nearly all samples of successful calls print no error field.
  if (body[errorField] === "") delete turned[style.errorField ?? errorField];
  const counted = { ...turned, ...counts(style, body) };
  return wrapped(style, style.lowerCamel ? inLowerCamel(counted) : counted);
}

function counts({ pageSizeIsRows, totalIsZero }: ManualStyle, { Data }: Struct): Struct {
  if (!Array.isArray(Data)) return {};
  return { ...(pageSizeIsRows ? { PageSize: Data.length } : {}), ...(totalIsZero ? { TotalCount: 0 } : {}) };
}

function wrapped({ wrapper, doubled }: ManualStyle, body: Struct): Struct {
  if (wrapper === undefined) return body;
  if (doubled === undefined) return { [wrapper]: body };
  const code = body["Code"];
  const label = { name: code === 0 ? "" : `${String(code)}Error`, message: "" };
  const twice = doubled === "inside" ? { code, data: { ...body, ...label } } : { code, data: body, ...label };
  return { [wrapper]: twice };
}

function turnMember(style: ManualStyle, key: string, value: unknown): unknown {
  if (key === "Data" && Array.isArray(value)) return value.map((row: Struct) => turnStruct(style, row));
  if (key !== "Result" || typeof value !== "object" || value === null) return value;
  const result: Struct = Object.fromEntries(Object.entries(value));
  const turned = turnStruct(style, style.reshape?.(result) ?? result);
  return style.resultAsList ? [turned] : turned;
}

function turnStruct(style: ManualStyle, struct: Struct): Struct {
  return Object.fromEntries(
    Object.entries(struct)
      .filter(([key]) => !style.omit?.includes(key))
      .map(([key, value]) => [style.rename?.[key] ?? key, turnValue(style, key, value)]),
  );
}

function turnValue(style: ManualStyle, key: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  const turn = style.turn?.[key];
  return turn ? turn(value) : (style.values?.[key]?.[String(value)] ?? value);
}

/** One key is not spelt as its capitals suggest. */
const IRREGULAR: Readonly<Record<string, string>> = { HostInstanceID: "hostInstanceId" };

function inLowerCamel(struct: Struct): Struct {
  return Object.fromEntries(
    Object.entries(struct).map(([key, value]) => [
      IRREGULAR[key] ?? key.charAt(0).toLowerCase() + key.slice(1),
      lowerCamelValue(value),
    ]),
  );
}

function lowerCamelValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamelValue);
  return typeof value === "object" && value !== null ? inLowerCamel(Object.fromEntries(Object.entries(value))) : value;
}
