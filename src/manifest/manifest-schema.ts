import { z } from "zod";
import { namePattern } from "../core/address.ts";
import { type Fields, isFields } from "../core/values.ts";

const nameRule = "must begin with a letter or digit and hold at most 128 letters, digits, '.', '_', '-' and '/'";

const segmentRule = "must have something other than '.' and '..' before, between and behind its slashes";

/** False for `a//b`, `a/` and `a/../b`: names become paths where files are written, and their last segment names objects. */
function hasWholeSegments(name: string): boolean {
  return !name.split("/").some((segment) => ["", ".", ".."].includes(segment));
}

/** `metadata` of every kind. */
export const metadataSchema = z.strictObject({
  name: z.string().regex(namePattern, nameRule).refine(hasWholeSegments, segmentRule),
  labels: z.record(z.string(), z.string()).optional(),
  provider: z.string().min(1).optional(),
  dependsOn: z
    .array(z.string().regex(/^[A-Za-z]\w*\/[A-Za-z0-9][\w./-]*$/, "must be an address, Kind/name"))
    .optional(),
  lifecycle: z
    .strictObject({
      preventDestroy: z.boolean().optional(),
      ignoreChanges: z.array(z.string()).optional(),
      deletionPolicy: z.enum(["delete", "retain"]).optional(),
      force: z.boolean().optional(),
    })
    .optional(),
});

/** A manifest around its spec, which its kind describes. */
export const manifestSchema = z.strictObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: metadataSchema,
  spec: z.custom<Fields>(isFields, "must be a map of fields; write it as field: value"),
});

/** What `metadata` holds. */
export type Metadata = z.output<typeof metadataSchema>;
