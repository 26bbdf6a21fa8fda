import { z } from "zod";
import type { BackendKind } from "../ledger/backend-kind.ts";

/** Ledgers in files. */
export const fileKind: BackendKind = {
  settings: z.strictObject({ backend: z.literal("file"), path: z.string().min(1) }),
  open: async ({ path }, { env: _, fetch: __, ...world }) => {
    const { fileBackend } = await import("../ledger/file-backend.ts");
    return fileBackend({ ...world, path: String(path) });
  },
};
