/**
 * Manifests as typed constructs: one class a kind, whose spec is inferred from the kind's own schema, and in which references may
 * be constructs. `cairn synth app.js` writes the manifests of such an app, and the Terraform stack of the project.
 */

export type { ManifestDocument } from "../core/manifest-document.ts";
export * from "./constructs.ts";
export { Manifests } from "./manifests.ts";
export { Resource } from "./resource.ts";
export type { FromFile, Interpolation, ResourceMetadata, SpecOf } from "./spec-of.ts";
