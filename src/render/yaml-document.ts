import { dump } from "js-yaml";
import { jsonText } from "./json-text.ts";
import { safeJson } from "./safe-text.ts";

/** A document as YAML; as JSON, which is YAML too, where characters that could steer a terminal have to be escaped. */
export function yamlDocument(document: object): string {
  const text = dump(document, { noRefs: true, lineWidth: -1 });
  return safeJson(text) === text ? text : jsonText(document);
}
