import { z } from "zod";
import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import type { LedgerState } from "../core/ledger.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import { wording } from "../core/wording.ts";
import { parseJson } from "../http/json.ts";
import { asMovedLedger, type MovedLedger } from "./moved-ledger.ts";
import { stableJson } from "./stable-json.ts";

/** Whose ledger is wanted, and where it lies (for messages). */
export type Ownership = { readonly project: string; readonly stack?: string; readonly location: string };

const restoreHelp =
  "put back a version that cairn ledger history lists (cairn ledger restore SERIAL --allow damaged), or a copy from a backup " +
  "(cairn ledger push FILE --allow damaged); without any, move it away and run cairn plan: what the manifests name is found again and adopted";

const addressText = z.templateLiteral([z.string().min(1), "/", z.string().min(1)]);
const texts = z.record(z.string(), z.string());
// Not a record schema: that would drop a key named `__proto__`, which is plain data in a ConfigMap.
const spec = z.custom<Fields>(isFields, "must be a record");
const lifecycle = z.strictObject({
  preventDestroy: z.boolean().exactOptional(),
  ignoreChanges: z.array(z.string()),
  deletionPolicy: z.enum(["delete", "retain"]).exactOptional(),
  force: z.boolean(),
});
const entry = z.strictObject({
  address: addressText,
  kind: z.string().min(1),
  provider: z.string().min(1),
  cloud: z.strictObject({
    provider: z.string(),
    region: z.string().exactOptional(),
    project: z.string().exactOptional(),
    endpoint: z.string(),
  }),
  id: z.string().min(1),
  identity: z.string(),
  scope: texts,
  parents: z.record(z.string(), addressText),
  dependencies: z.array(addressText),
  origin: z.enum(["created", "adopted"]),
  lifecycle,
  spec,
  triggers: texts.exactOptional(),
});
const ledger: z.ZodType<LedgerState> = z
  .strictObject({
    format: z.literal(1),
    project: z.string(),
    stack: z.string().exactOptional(),
    lineage: z.string().min(1),
    serial: z.int().min(0),
    entries: z.record(addressText, entry),
    intents: z.array(
      z.strictObject({
        action: z.enum(["create", "update", "delete"]),
        entry: entry.omit({ id: true }).extend({ id: z.string().min(1).exactOptional() }),
        mark: z.string().exactOptional(),
        since: z.iso.datetime(),
      }),
    ),
  })
  .refine(({ entries }) => Object.values(entries).every(({ address, kind }) => address.startsWith(`${kind}/`)), {
    path: ["entries"],
    error: "an entry is of another kind than its address says",
  })
  .refine(({ entries }) => Object.entries(entries).every(([key, one]) => key === one.address), {
    path: ["entries"],
    error: "an entry stands under another address than its own",
  });

/**
 * The ledger as text: the same state gives the same bytes, and `parseLedger` gives the same state back.
 */
export function ledgerText(document: LedgerState | MovedLedger): string {
  return stableJson(document);
}

/**
 * Reads the bytes of a ledger of any project and stack. Ids stay what they were written as, however long. `E_LEDGER`, with
 * every fault found, for what is truncated, not a ledger of cairn's, of another format, or damaged, and for the note that a
 * ledger was moved away.
 */
export function parseLedger(bytes: Uint8Array, location: string): LedgerState {
  const place = { file: location };
  const stored = parseStored(bytes, location);
  if (stored?.format === 1) return stored;
  if (stored === undefined) throw noLedger(location);
  const help =
    "take the cairn.yaml that names the new place under `ledger`: nothing is lost, and nothing is owned from here";
  throw failure("E_LEDGER", `the ledger was moved to ${stored.movedTo}`, { place, help });
}

/** The same, but with the note of a ledger that was moved away as it is, and undefined for JSON that is something else. */
export function parseStored(bytes: Uint8Array, location: string): LedgerState | MovedLedger | undefined {
  const found = examine(bytes, location);
  if (found instanceof CairnError) throw found;
  return found;
}

/** The same, but what is truncated or damaged is answered, not thrown: only a format of another version is. */
export function examine(bytes: Uint8Array, location: string): LedgerState | MovedLedger | CairnError | undefined {
  const value = parsed(bytes, location);
  if (value instanceof CairnError) return value;
  if (!isLedger(value)) return undefined;
  const moved = asMovedLedger(value);
  if (moved !== undefined) return moved;
  if (value["format"] !== 1) {
    const help = "use the version of cairn that wrote it, or a newer one";
    const message = `written in format ${JSON.stringify(value["format"])}; this version of cairn reads format 1`;
    throw failure("E_LEDGER", message, { place: { file: location }, help });
  }
  const result = ledger.safeParse(value, { error: wording });
  if (!result.success) return new CairnError(result.error.issues.map((issue) => damage(issue, value, location)));
  // A record schema leaves out what would be a prototype.
  const lost = Object.keys(Object(value["entries"])).filter((key) => !Object.hasOwn(result.data.entries, key));
  if (lost.length > 0) return new CairnError(lost.map((key) => damaged(`entries.${key}`, notAddress, location)));
  return result.data;
}

/** The fault of JSON that is something else than a ledger. */
export function noLedger(location: string): CairnError {
  const help = "give the ledger a place of its own under `ledger` in cairn.yaml";
  const message = "not a ledger of cairn: it lacks `format`, `lineage` or `entries`";
  return failure("E_LEDGER", message, { place: { file: location }, help });
}

/** Refuses (`E_LEDGER`) what is another project's or stack's. */
export function requireOwner(
  state: Pick<LedgerState, "project" | "stack">,
  { project, stack, location }: Ownership,
): void {
  const place = { file: location };
  const faults: Diagnostic[] = [];
  if (state.project !== project) {
    const help = "give each project a place of its own under `ledger`, or correct `project` in cairn.yaml";
    faults.push(fault("E_LEDGER", `belongs to the project "${state.project}", this is "${project}"`, { place, help }));
  }
  if (state.stack !== stack) {
    const help = "each stack has its own ledger: was this one renamed or copied?";
    faults.push(
      fault("E_LEDGER", `belongs to ${stackText(state.stack)}, wanted is ${stackText(stack)}`, { place, help }),
    );
  }
  if (faults.length > 0) throw new CairnError(faults);
}

/** True for a value that has a ledger's outer shape, of whatever format. */
function isLedger(value: Value): value is Fields {
  return isFields(value) && ["format", "lineage", "entries"].every((key) => Object.hasOwn(value, key));
}

function parsed(bytes: Uint8Array, location: string): Value | CairnError {
  const place = { file: location };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.trim() !== "") return parseJson(text);
  } catch (cause) {
    const message = `the ledger is truncated or not JSON: ${sentence(String(cause instanceof Error ? cause.message : cause))}`;
    return new CairnError([fault("E_LEDGER", message, { place, help: restoreHelp })], { cause });
  }
  return failure("E_LEDGER", "the ledger is empty", { place, help: restoreHelp });
}

const notAddress = "is no address, Kind/name";

function damage(issue: z.core.$ZodIssue, value: Fields, location: string): Diagnostic {
  const { path, code } = issue;
  const field = path.map(String).join(".");
  if (code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => [...path, key].map(String).join("."));
    return damaged(field, `has fields that no ledger has: ${keys.join(", ")}`, location);
  }
  if (code === "invalid_key") return damaged(field, notAddress, location);
  const found = path.reduce<unknown>((whole, step) => Object(whole)[step], value);
  if (found === undefined) return damaged(field, "is missing", location);
  return damaged(field, `${issue.message}${path.includes("spec") ? "" : gotText(found)}`, location);
}

/** A scalar as it was found; what is larger may hold secrets. */
function gotText(found: unknown): string {
  if (typeof found === "object" && found !== null) return "";
  const text = JSON.stringify(found);
  return text.length > 60 ? "" : `; got ${text}`;
}

function damaged(field: string, what: string, location: string): Diagnostic {
  const place = { file: location };
  return fault("E_LEDGER", `the ledger is damaged: ${what}`, {
    place,
    ...(field === "" ? {} : { field }),
    help: restoreHelp,
  });
}

function stackText(stack: string | undefined): string {
  return stack === undefined ? "no stack" : `the stack "${stack}"`;
}

/** A library's sentence as part of ours. */
function sentence(text: string): string {
  return text.startsWith("JSON") ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
