import { RootConstruct } from "constructs";
import type { ManifestDocument } from "../core/manifest-document.ts";
import { manifestsIn } from "./manifest-document.ts";

/** The root of a tree of resources: what an app exports for `cairn synth`. */
export class Manifests extends RootConstruct {
  /** Every manifest of the tree, each parent's before its children's. */
  documents(): readonly ManifestDocument[] {
    return manifestsIn(this);
  }
}
