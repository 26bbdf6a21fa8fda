import type { CallParameter } from "./api-call.ts";
import type { Diagnostic } from "./errors.ts";
import { maskText, namesSecret } from "./mask.ts";
import { type Fields, isFields, type Value } from "./values.ts";

/** The values of a call's parameters that are secret, by the parameter's own word or by the look of its name; longest first. */
export function secretTexts(parameters: readonly CallParameter[], params: Fields): readonly string[] {
  const found = Object.entries(params).flatMap(([name, value]) => {
    const parameter = parameters.find((one) => one.name === name);
    return textsIn(value, parameter?.isSecret === true || namesSecret(name));
  });
  return [...new Set(found)].filter((text) => text !== "").sort((left, right) => right.length - left.length);
}

function textsIn(value: Value, isSecret: boolean): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Value) => textsIn(item, isSecret));
  if (isFields(value)) {
    return Object.entries(value).flatMap(([name, item]) => textsIn(item, isSecret || namesSecret(name)));
  }
  return isSecret && typeof value === "string" ? [value] : [];
}

/** A value in whose texts nothing of `secrets` is left, wherever it stood. */
export function withoutTexts(value: Value, secrets: readonly string[]): Value {
  if (typeof value === "string") return secrets.reduce((text, one) => text.replaceAll(one, maskText), value);
  if (Array.isArray(value)) return value.map((item: Value) => withoutTexts(item, secrets));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutTexts(item, secrets)]));
}

/** A diagnostic without `secrets`: a cloud may quote what it was sent. */
export function diagnosticWithoutTexts(one: Diagnostic, secrets: readonly string[]): Diagnostic {
  const clean = (text: string): string => String(withoutTexts(text, secrets));
  const { help, cloud, message } = one;
  return {
    ...one,
    message: clean(message),
    ...(help === undefined ? {} : { help: clean(help) }),
    ...(cloud?.message === undefined ? {} : { cloud: { ...cloud, message: clean(cloud.message) } }),
  };
}
