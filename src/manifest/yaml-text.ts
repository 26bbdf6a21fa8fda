import { DEFAULT_SCALAR_STYLE_RULES, DUMP_SCHEMA, dump, SCALAR_STYLE, type ScalarStyleRule } from "js-yaml";
import { holdsUnsafe, replaceUnsafe } from "../core/unsafe-characters.ts";
import { isAmbiguous, readCore } from "./yaml-scalar.ts";

/** Quotes what a parser could read as something else than this text, and what a reader could not see. */
const quoteDoubtful: ScalarStyleRule = (layout) => {
  const { value, tag } = layout.node;
  if (tag !== DUMP_SCHEMA.defaultScalarTag.tagName) return;
  const isDoubtful = isAmbiguous(value) || readCore(value) !== value;
  const isPlain = layout.style === SCALAR_STYLE.PLAIN;
  if (holdsUnsafe(value.replaceAll(/[\n\t]/g, "")) || (isPlain && isDoubtful))
    layout.style = SCALAR_STYLE.DOUBLE_QUOTED;
};

/**
 * A document as YAML for people: block style, texts of several lines as they are, quotes where YAML 1.1, YAML 1.2 or a cluster
 * could read a text as something else, and nothing in it that deceives a reader or steers a terminal. Reads back as the same value.
 * With `flow` collections stand in brackets.
 */
export function yamlText(document: object, { flow = false }: { readonly flow?: boolean } = {}): string {
  const text = dump(document, {
    noRefs: true,
    lineWidth: -1,
    flowLevel: flow ? 0 : -1,
    quoteStyle: "double",
    scalarStyleRules: [...Object.values(DEFAULT_SCALAR_STYLE_RULES), quoteDoubtful],
  });
  // What is left of them stands in double quotes.
  return replaceUnsafe(text, escaped);
}

function escaped(character: string): string {
  if (character === "\n" || character === "\t") return character;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
