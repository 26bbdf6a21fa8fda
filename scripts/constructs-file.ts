import * as huaweicloud from "../providers/huaweicloud/index.ts";
import * as retailcloud from "../providers/retailcloud/index.ts";
import type { Kind } from "../src/core/kind.ts";

const folders: Readonly<Record<string, Readonly<Record<string, Kind>>>> = { huaweicloud, retailcloud };

/** The text of `src/cdk/constructs.ts`: a class for every kind. What each takes is not written there but inferred. Pure. */
export function constructsFile(): string {
  const all = Object.entries(folders).flatMap(([folder, kinds]) =>
    Object.entries(kinds).map(([name, kind]) => classOf(`${folder}.${name}`, kind)),
  );
  return [
    "// Written by npm run schemas from the kinds of every provider. A test fails when it is stale.",
    'import type { Construct } from "constructs";',
    ...Object.keys(folders).map((folder) => `import * as ${folder} from "../../providers/${folder}/index.ts";`),
    'import { Resource } from "./resource.ts";',
    'import type { ResourceMetadata, SpecOf } from "./spec-of.ts";',
    "",
    all.join("\n"),
  ].join("\n");
}

function classOf(value: string, { kind, description, naming }: Kind): string {
  const spec = `SpecOf<typeof ${value}${naming === undefined ? "" : `, "${naming}"`}>`;
  const parameters = ["scope: Construct", "id: string", `spec: ${spec}`, "metadata?: ResourceMetadata"];
  const oneLine = `  constructor(${parameters.join(", ")}) {`;
  const head =
    oneLine.length <= 120 ? oneLine : `  constructor(\n${parameters.map((one) => `    ${one},\n`).join("")}  ) {`;
  return `/** ${description.charAt(0).toUpperCase()}${description.slice(1)}. */
export class ${kind} extends Resource<"${kind}"> {
${head}
    super(${value}, scope, id, spec, metadata);
  }
}
`;
}
