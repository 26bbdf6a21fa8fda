import type { Struct } from "./action.ts";

/** How the sample in the manual departs from the flat answer in Pascal case that the SDK models. */
export type ManualStyle = {
  /** The whole body is the value of this one key. */
  readonly wrapper?: string;
  /** `Result` is printed as a list of one struct. */
  readonly resultAsList?: true;
  /** Keys spelt differently, in `Result` and in rows. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Keys that the sample lacks, in `Result` and in rows. */
  readonly omit?: readonly string[];
  /** Values spelt differently, by key. */
  readonly values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** PageSize tells how many rows the answer has. */
  readonly pageSizeIsRows?: true;
  /** The name of the error field in the manual's table. */
  readonly errorField?: string;
};

/** Turns the SDK's body into the one that the manual shows. */
export function inManualStyle(style: ManualStyle, body: Struct, errorField: string): Struct {
  const turned: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(body)) {
    if (key === errorField) turned[style.errorField ?? key] = value;
    else turned[key] = turnMember(style, key, value);
  }
  if (style.pageSizeIsRows && Array.isArray(body["Data"])) turned["PageSize"] = body["Data"].length;
  // Nearly all samples of successful calls print no error field.
  if (body[errorField] === "") delete turned[style.errorField ?? errorField];
  return style.wrapper === undefined ? turned : { [style.wrapper]: turned };
}

function turnMember(style: ManualStyle, key: string, value: unknown): unknown {
  if (key === "Data" && Array.isArray(value)) return value.map((row: Struct) => turnStruct(style, row));
  if (key !== "Result" || typeof value !== "object" || value === null) return value;
  const result = turnStruct(style, Object.fromEntries(Object.entries(value)));
  return style.resultAsList ? [result] : result;
}

function turnStruct(style: ManualStyle, struct: Struct): Struct {
  return Object.fromEntries(
    Object.entries(struct)
      .filter(([key]) => !style.omit?.includes(key))
      .map(([key, value]) => [style.rename?.[key] ?? key, style.values?.[key]?.[String(value)] ?? value]),
  );
}
