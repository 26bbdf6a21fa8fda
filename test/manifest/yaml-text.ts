import { parseYaml, type YamlDocument } from "../../src/manifest/parse-yaml.ts";
import { placeAt } from "../../src/manifest/yaml-node.ts";

/** The documents of a text. */
export function parse(text: string): readonly YamlDocument[] {
  return parseYaml(new TextEncoder().encode(text), "f.yaml");
}

/** The rest of the text from the place of the value at a path. */
export function textAt(text: string, path: readonly (string | number)[], at: "key" | "value" = "value"): string {
  const [document] = parse(text);
  if (document === undefined) throw new Error("no document");
  const { line = 0, column = 0 } = placeAt(document.root, path, at);
  const rest = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/)[line - 1];
  return rest?.slice(column - 1) ?? "";
}
