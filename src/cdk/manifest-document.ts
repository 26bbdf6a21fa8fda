import type { IConstruct } from "constructs";
import type { ManifestDocument } from "../core/manifest-document.ts";

/**
 * The key under which a construct holds its manifest. Registered, because the command and the app that it runs may each have
 * loaded this module: what they share is the plain value behind it.
 */
const key = Symbol.for("cairnctl.manifest");

/** Gives a construct its manifest. */
export function setManifest(construct: object, manifest: ManifestDocument): void {
  Object.defineProperty(construct, key, { value: manifest });
}

/** The manifest that a construct holds; undefined for any other value. */
export function manifestOf(value: object): ManifestDocument | undefined {
  return (value as { readonly [key]?: ManifestDocument })[key];
}

/** The manifests of a tree, each parent's before its children's. */
export function manifestsIn(root: IConstruct): readonly ManifestDocument[] {
  return root.node.findAll().flatMap((one) => manifestOf(one) ?? []);
}
