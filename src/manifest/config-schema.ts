import { z } from "zod";
import { type Fields, isFields } from "../core/values.ts";

const map = z.custom<Fields>(isFields, "must be a map; write it as key: value");
const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, "must be a name of letters, digits, '.', '_' and '-'");
const count = z.int().min(0);

const guards = z.strictObject({
  maxDeletes: count.optional(),
  maxDeletePercent: z.number().min(0).max(100).optional(),
  maxReplaces: count.optional(),
  maxVanished: count.optional(),
  forbid: z.array(z.enum(["restart", "replace", "data-loss"])).optional(),
});

/** What may stand at the top level and, for one stack, below its name. */
const settings = {
  manifests: z.array(z.string().min(1)).min(1).optional(),
  vars: map.optional(),
  providers: z.record(z.string(), map).optional(),
  ledger: z.looseObject({ backend: z.string().min(1).optional(), path: z.string().min(1).optional() }).optional(),
  guards: guards.optional(),
  adopt: z.enum(["auto", "never"]).optional(),
  pace: z.number().positive().optional(),
};

/** `cairn.yaml` as written, before defaults and stacks are merged. */
export const configSchema = z.strictObject({
  project: name,
  ...settings,
  stacks: z.record(name, z.strictObject(settings).nullable()).optional(),
});

/** A whole configuration, merged for one stack, before defaults. */
export type ConfigSettings = Omit<z.output<typeof configSchema>, "stacks">;
