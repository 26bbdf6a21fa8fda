import { z } from "zod";
import type { BackendKind } from "../ledger/backend-kind.ts";

const settings = z.strictObject({
  backend: z.literal("pg"),
  url: z
    .string()
    // A semicolon keeps the value, which may hold a password, out of the message.
    .refine(isPgUrl, "must be the URL of a database, postgres://USER:PASSWORD@HOST/DATABASE; write it as ${env.NAME}")
    .describe("the database: postgres://USER:PASSWORD@HOST/DATABASE, best as ${env.NAME}"),
  table: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_$]{0,62}(\.[A-Za-z_][A-Za-z0-9_$]{0,62})?$/, "must be TABLE or SCHEMA.TABLE")
    .default("cairn_ledger")
    .describe("the table, made where it is missing"),
});

/** Ledgers in rows of a table of PostgreSQL. */
export const pgKind: BackendKind = {
  settings,
  open: async (written, { env: _, fetch: __, root: ___, clock, random = Math.random, ...world }) => {
    const { url, table } = settings.parse(written);
    const [{ pgLocation }, { pgStore }, { storeBackend }, { systemClock }] = await Promise.all([
      import("../ledger/pg-settings.ts"),
      import("../ledger/pg-store.ts"),
      import("../ledger/store-backend.ts"),
      import("../http/clock.ts"),
    ]);
    const locate = (name: string): string => pgLocation({ url, table }, name);
    return storeBackend({
      ...world,
      name: `${world.project}/ledger.json`,
      store: pgStore({ url, table }, { clock: clock ?? systemClock, random }),
      locate,
      placeOf: locate,
      ...(clock === undefined ? {} : { clock }),
    });
  },
};

function isPgUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, searchParams } = new URL(text);
  const names = pathname.slice(1) || searchParams.get("db");
  return (protocol === "postgres:" || protocol === "postgresql:") && names !== "" && names !== null;
}
