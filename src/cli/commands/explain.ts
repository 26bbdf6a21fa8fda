import { kindsOf, providers } from "../../../providers/index.ts";
import { failure } from "../../core/errors.ts";
import { explainKind, fieldNamed, type KindExplanation } from "../../core/explain.ts";
import { didYouMean } from "../../core/suggest.ts";
import { renderFieldExplanation, renderKindExplanation, renderKindList } from "../../render/explain-text.ts";
import type { RunContext } from "../run.ts";

/** `cairn explain [KIND[.field]]`: what can be declared. Reads no file and calls nobody. */
export async function runExplain({ arguments: [asked], output }: RunContext): Promise<number> {
  const paint = await output.paint("stdout");
  const kinds = kindsOf(providers);
  if (asked === undefined) {
    const all = [...kinds.values()].map(({ kind, apiVersion, description }) => ({ kind, apiVersion, description }));
    output.json({ kinds: all });
    output.text(renderKindList(all, paint));
    return 0;
  }
  const [name = "", ...path] = asked.split(".");
  const kind = kinds.get(name) ?? [...kinds.values()].find((one) => one.kind.toLowerCase() === name.toLowerCase());
  if (kind === undefined) throw unknown(`there is no kind "${name}"`, name, [...kinds.keys()]);
  const explained = explainKind(kind);
  if (path.length === 0) {
    output.json(explained);
    output.text(renderKindExplanation(explained, paint));
    return 0;
  }
  const field = fieldNamed(explained, path.join("."));
  if (field === undefined) throw unknownField(explained, path.join("."));
  output.json({ kind: explained.kind, ...field });
  output.text(renderFieldExplanation(explained.kind, field, paint));
  return 0;
}

function unknownField({ kind, fields }: KindExplanation, path: string): Error {
  return unknown(
    `${kind} has no field "${path}"`,
    path,
    fields.map((field) => field.path),
  );
}

function unknown(message: string, name: string, known: readonly string[]): Error {
  return failure("E_USAGE", message, { help: didYouMean(name, known, `known are ${known.join(", ")}`) });
}
