import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { failure } from "../core/errors.ts";
import type { Kinds } from "../core/kind.ts";
import type { Cloud, LedgerState } from "../core/ledger.ts";
import { keptLedger, keptSnapshot } from "../core/offline.ts";
import { listKey, readKey, type Snapshot } from "../core/snapshot.ts";
import { type Fields, isFields } from "../core/values.ts";
import { ledgerText, parseLedger } from "../ledger/ledger-document.ts";
import { jsonText } from "../render/json-text.ts";

/** What `plan --offline` needs in place of the clouds and the ledger. */
export type KeptSnapshot = {
  readonly project: string;
  readonly stack?: string;
  /** ISO time of the look. */
  readonly taken: string;
  readonly clouds: ReadonlyMap<string, Cloud>;
  readonly ledger: LedgerState;
  readonly snapshot: Snapshot;
  /** What other stacks own, by `ownerKey`. */
  readonly ownedElsewhere: ReadonlyMap<string, string>;
};

const texts = z.record(z.string(), z.string());
const fields = z.custom<Fields>(isFields, "must be a record");
const request = z.strictObject({ provider: z.string(), kind: z.string(), scope: texts });
const live = z.strictObject({ id: z.string(), spec: fields, facts: fields.exactOptional() });
const schema = z.strictObject({
  format: z.literal(1),
  project: z.string(),
  stack: z.string().exactOptional(),
  taken: z.iso.datetime(),
  clouds: z.record(
    z.string(),
    z.strictObject({
      provider: z.string(),
      region: z.string().exactOptional(),
      project: z.string().exactOptional(),
      endpoint: z.string(),
    }),
  ),
  ownedElsewhere: texts,
  ledger: fields,
  listings: z.array(z.strictObject({ request, objects: z.array(live) })),
  readings: z.array(
    z.strictObject({ request: request.extend({ id: z.string(), spec: fields }), object: live.exactOptional() }),
  ),
});

/** Keeps what was seen, without secrets; readable for its owner only. `E_FILE` where the file cannot be written. */
export function writeSnapshot(path: string, kept: KeptSnapshot, kinds: Kinds): void {
  const { project, stack, taken, clouds, ownedElsewhere } = kept;
  const { listings, readings } = keptSnapshot(kept.snapshot, kinds);
  const document: z.output<typeof schema> = {
    format: 1,
    project,
    ...(stack === undefined ? {} : { stack }),
    taken,
    clouds: Object.fromEntries(clouds),
    ownedElsewhere: Object.fromEntries(ownedElsewhere),
    ledger: JSON.parse(ledgerText(keptLedger(kept.ledger, kinds))) as Fields,
    listings: [...listings.values()].map(({ request: asked, objects }) => ({ request: asked, objects: [...objects] })),
    readings: [...readings.values()].map(({ request: asked, object }) => ({
      request: asked,
      ...(object === undefined ? {} : { object }),
    })),
  };
  try {
    writeFileSync(path, jsonText(document), { mode: 0o600 });
    // The mode above counts for new files only.
    chmodSync(path, 0o600);
  } catch (error) {
    throw failure("E_FILE", `cannot keep the snapshot: ${error instanceof Error ? error.message : String(error)}`, {
      help: "name a file in an existing folder that you may write to",
    });
  }
}

/** Reads a kept snapshot. `E_READ` for what is none. */
export function readSnapshot(path: string, name: string): KeptSnapshot {
  const place = { file: name };
  const help = "name a file that cairn plan --snapshot has written";
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw failure("E_READ", `cannot read the snapshot: ${reason}`, { place, help });
  }
  const parsed = schema.safeParse(document);
  if (!parsed.success) throw failure("E_READ", "is not a snapshot of this version of cairn", { place, help });
  const { project, stack, taken, clouds, ownedElsewhere, ledger, listings, readings } = parsed.data;
  return {
    project,
    ...(stack === undefined ? {} : { stack }),
    taken,
    clouds: new Map(Object.entries(clouds)),
    ownedElsewhere: new Map(Object.entries(ownedElsewhere)),
    ledger: parseLedger(new TextEncoder().encode(JSON.stringify(ledger)), name),
    snapshot: {
      listings: new Map(listings.map((one) => [listKey(one.request), one])),
      readings: new Map(readings.map((one) => [readKey(one.request), one])),
    },
  };
}
