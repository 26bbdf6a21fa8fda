import { z } from "zod";
import type { LedgerState } from "../core/ledger.ts";

/**
 * What lies in the place of a ledger that was moved away. Its format is one that no version of cairn reads as a ledger: whoever
 * still looks here is refused instead of finding nothing and adopting everything a second time.
 */
export type MovedLedger = Pick<LedgerState, "project" | "stack" | "lineage" | "serial"> & {
  readonly format: "moved";
  /** The location of the new place: a path or a URL without credentials. */
  readonly movedTo: string;
  /** Empty: without it, versions that do not know this format would take the note for no ledger at all. */
  readonly entries: Readonly<Record<string, never>>;
};

const schema: z.ZodType<MovedLedger> = z.strictObject({
  format: z.literal("moved"),
  project: z.string(),
  stack: z.string().exactOptional(),
  lineage: z.string().min(1),
  serial: z.int().min(0),
  movedTo: z.string(),
  entries: z.strictObject({}),
});

/** The note for a ledger that was moved to a location. */
export function movedLedger({ project, stack, lineage, serial }: LedgerState, movedTo: string): MovedLedger {
  const owner = { project, ...(stack === undefined ? {} : { stack }) };
  return { format: "moved", ...owner, lineage, serial, movedTo, entries: {} };
}

/** The note in a document; undefined for any other. */
export function asMovedLedger(value: unknown): MovedLedger | undefined {
  return schema.safeParse(value).data;
}
