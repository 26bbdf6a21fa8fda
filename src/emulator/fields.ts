/**
 * The vocabulary in which the emulator describes shapes: parameters of an action, rows of a table, bodies of a control route.
 * `Long` is a 64-bit integer; it is held as a decimal string, because a JavaScript number loses ids above 2^53. `Object` is a
 * JSON object of any shape.
 */
export type Field =
  | {
      readonly type: "String";
      readonly required?: true;
      readonly enum?: readonly string[];
      /** Source of a regular expression, used without flags. */
      readonly pattern?: string;
    }
  | {
      readonly type: "Integer" | "Number";
      readonly required?: true;
      readonly enum?: readonly number[];
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly type: "Long" | "Boolean" | "Object"; readonly required?: true }
  | { readonly type: "List"; readonly required?: true; readonly of: Field }
  | { readonly type: "Struct"; readonly required?: true; readonly fields: Fields };

/** Fields by name, in the order in which their mistakes are told. */
export type Fields = { readonly [name: string]: Field };

type Simple = {
  String: string;
  Integer: number;
  Number: number;
  Long: string;
  Boolean: boolean;
  Object: Readonly<Record<string, unknown>>;
};

type ValueOf<F> = F extends { readonly type: "List"; readonly of: infer Item }
  ? readonly ValueOf<Item>[]
  : F extends { readonly type: "Struct"; readonly fields: infer Inner }
    ? InputOf<Inner>
    : F extends { readonly type: infer T extends keyof Simple }
      ? Simple[T]
      : never;

type RequiredOf<F> = { [K in keyof F]: F[K] extends { readonly required: true } ? K : never }[keyof F];

/** The value that fits `F` once it was read: required fields are there, the others may be absent. */
export type InputOf<F> = { readonly [K in RequiredOf<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredOf<F>>]?: ValueOf<F[K]> | undefined;
};

/** Says how a scalar breaks what `field` demands, as the end of a sentence ("must be one of …"); undefined when it keeps it. */
export function breach(field: Field, value: string | number | boolean): string | undefined {
  if (field.type === "String" && typeof value === "string") {
    if (field.enum && !field.enum.includes(value)) return `must be one of ${field.enum.join(", ")}`;
    if (field.pattern && !new RegExp(field.pattern).test(value)) return `must match ${field.pattern}`;
  }
  if ((field.type === "Integer" || field.type === "Number") && typeof value === "number")
    return numberBreach(field, value);
  return undefined;
}

function numberBreach(
  field: { readonly enum?: readonly number[]; readonly min?: number; readonly max?: number },
  value: number,
): string | undefined {
  if (field.enum && !field.enum.includes(value)) return `must be one of ${field.enum.join(", ")}`;
  if (field.min !== undefined && value < field.min) return `must be at least ${field.min}`;
  if (field.max !== undefined && value > field.max) return `must be at most ${field.max}`;
  return undefined;
}
