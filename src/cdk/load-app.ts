import { createRequire } from "node:module";
import type { IConstruct } from "constructs";
import { CairnError, type Diagnostic, failure } from "../core/errors.ts";
import type { ManifestDocument } from "../core/manifest-document.ts";
import { manifestsIn } from "./manifest-document.ts";

/**
 * Runs an app of constructs and gives the manifests of every tree that it exports. JavaScript runs as it is, TypeScript by tsx
 * where the project has it. `E_READ` for an app that cannot be run or exports no construct; what the app itself refuses comes as
 * it is.
 */
export function loadApp(path: string, name: string): readonly ManifestDocument[] {
  const roots = new Set(Object.values(run(path, name)).flatMap((one) => (isConstruct(one) ? [one.node.root] : [])));
  if (roots.size > 0) return [...roots].flatMap(manifestsIn);
  throw failure("E_READ", "exports no construct", {
    place: { file: name },
    help: "export the root: export const manifests = new Manifests()",
  });
}

function run(path: string, name: string): object {
  const require = createRequire(path);
  try {
    if (!/\.[cm]?ts$/.test(path)) return require(path) as object;
    const tsx = require("tsx/cjs/api") as { require(file: string, from: string): object };
    return tsx.require(path, path);
  } catch (error) {
    // The app has its own copy of the class.
    if (error instanceof Error && "diagnostics" in error) throw new CairnError(error.diagnostics as Diagnostic[]);
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw failure("E_READ", `cannot be run: ${message}`, {
      place: { file: name },
      help: "name a module of JavaScript, or of TypeScript where tsx is installed beside it",
    });
  }
}

function isConstruct(value: unknown): value is IConstruct {
  if (typeof value !== "object" || value === null || !("node" in value)) return false;
  const { node } = value;
  return typeof node === "object" && node !== null && "findAll" in node && "root" in node;
}
