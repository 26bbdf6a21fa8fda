import type { FieldChange } from "../core/change.ts";
import { looksSecret, masked, maskLines, maskText } from "../core/mask.ts";
import { isFields, sameValue, type Value } from "../core/values.ts";

/** What every format may show of one field: values are masked, secrets are gone. */
export type ShownField = {
  readonly path: string;
  readonly before?: Value;
  readonly after?: Value;
  /** The values are secret: neither is here. */
  readonly secret: boolean;
  /** The values differ, and masking hides in what. */
  readonly maskedAlike: boolean;
  readonly unknown: boolean;
  readonly yaml: boolean;
};

/** What may be shown of a field: the parts of a field change that carry values. */
export type ShowableField = Pick<FieldChange, "field" | "path" | "before" | "after" | "unknown" | "secret" | "yaml">;

/** Masks a field for display. The one door through which values reach any format. */
export function shownField(field: ShowableField): ShownField {
  const { path, before, after } = field;
  const plain = { path, unknown: field.unknown === true, yaml: field.yaml === true };
  if (field.secret === true || hasSecretKey(field)) return { ...plain, secret: true, maskedAlike: false };
  const mask = field.yaml === true ? masked : maskedPlain;
  const old = before === undefined ? {} : { before: mask(before) };
  const wanted = after === undefined ? {} : { after: mask(after) };
  // A reference to something that is made anew keeps its name, and nothing of it is secret.
  const told = before !== undefined && after !== undefined && field.unknown !== true;
  const maskedAlike = told && sameValue(old.before, wanted.after);
  return { ...plain, ...old, ...wanted, secret: false, maskedAlike };
}

/** Like `masked`, for fields that are no Kubernetes objects: there a bare `key` names a tag and is no secret. */
function maskedPlain(value: Value): Value {
  if (typeof value === "string") return maskLines(value);
  if (Array.isArray(value)) return value.map(maskedPlain);
  if (!isFields(value)) return value;
  const hides = (key: string, item: Value) => key !== "key" && looksSecret(key) && !isContainer(item);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hides(key, item) ? maskText : maskedPlain(item)]),
  );
}

/** True for a scalar below a field of free keys (`values.custom.password`). Top-level fields are named by their kind, which marks secrets. */
function hasSecretKey({ field, path, before, after }: ShowableField): boolean {
  if (path === field || isContainer(before) || isContainer(after)) return false;
  const [, last = ""] = /([^.[\]]+)\]?$/.exec(path) ?? [];
  return last !== "key" && looksSecret(last);
}

function isContainer(value: Value | undefined): boolean {
  return isFields(value) || Array.isArray(value);
}
