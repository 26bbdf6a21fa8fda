import { z } from "zod";

/** What `ledger` in cairn.yaml may hold, by its `backend`. */
export const ledgerSettings: ReadonlyMap<string, z.ZodObject> = new Map([
  ["file", z.strictObject({ backend: z.string(), path: z.string().min(1) })],
]);
