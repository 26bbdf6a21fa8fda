import type { Address } from "../core/address.ts";
import type { DriftedResource } from "../core/drift.ts";
import type { Diagnostic, Place } from "../core/errors.ts";
import { cloudText } from "./diagnostic.ts";
import { fieldLines } from "./field-text.ts";
import { paintWith } from "./paint.ts";
import type { Report } from "./report.ts";
import { safeLine } from "./safe-text.ts";
import { shownDrift } from "./shown-drift.ts";
import { toldBy } from "./told.ts";

/** One remark on one line of a file, as code review tools take it. Texts are harmless; `details` are lines. */
export type Finding = {
  readonly level: "error" | "warning";
  /** A code such as `E_FIELD`, or `drift`, `missing`. */
  readonly rule: string;
  readonly address?: Address;
  readonly field?: string;
  readonly message: string;
  readonly details: readonly string[];
  /** As seen from where cairn was started. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
};

/** Where remarks go that belong to no line: guards, calls that failed, objects that nothing declares any more. */
const nowhere: Place = { file: "cairn.yaml", line: 1 };

/** Faults, guards and warnings of a run, and what has drifted, each with the line that it belongs to. */
export function findingsOf(report: Report): readonly Finding[] {
  const { errors, refusals, warnings } = toldBy(report);
  const sources = sourcesOf(report);
  const said = [...errors, ...refusals, ...warnings].map((one) => fromDiagnostic(one, sources, report.folder));
  const { found } = report;
  if (found?.type !== "drift") return said;
  const { changed, missing } = found.drift;
  return [
    ...said,
    ...changed.map((one) => fromDrift("drift", one, report.folder)),
    ...missing.map((one) => fromDrift("missing", one, report.folder)),
  ];
}

/** The line that declares a resource, for diagnostics that name only the resource. */
function sourcesOf({ found }: Report): ReadonlyMap<string, Place> {
  const changes = found?.type === "plan" ? found.plan.changes : [];
  return new Map(changes.flatMap(({ address, source }) => (source === undefined ? [] : [[address, source]])));
}

function fromDiagnostic(one: Diagnostic, sources: ReadonlyMap<string, Place>, folder: string): Finding {
  const { severity, code, address, field, message, help, cloud } = one;
  const who = [address, field].filter((part) => part !== undefined).join(" ");
  return {
    level: severity,
    rule: code,
    ...(address === undefined ? {} : { address }),
    ...(field === undefined ? {} : { field }),
    message: safeLine(who === "" ? message : `${who}: ${message}`),
    details: [
      ...(help === undefined ? [] : [`help: ${safeLine(help)}`]),
      ...(cloud === undefined ? [] : [`cloud: ${cloudText(cloud)}`]),
    ],
    ...placed(one.place ?? sources.get(address ?? ""), folder),
  };
}

function fromDrift(rule: "drift" | "missing", one: DriftedResource, folder: string): Finding {
  const rows = one.fields.map((field) => ({ shown: shownDrift(field), side: "both" as const, notes: [] }));
  const name = safeLine(`${one.address}${one.id === undefined ? "" : ` (id ${one.id})`}`);
  const message = rule === "drift" ? `${name}: is not as it was last applied` : `${name}: is gone from the cloud`;
  const details = fieldLines(rows, 0, { paint: paintWith(false) });
  return { level: "warning", rule, address: one.address, message, details, ...placed(one.source, folder) };
}

/** A place outside the project folder (the ledger's, say) is nothing that a reviewer could look at. */
function placed(place: Place | undefined, folder: string): Pick<Finding, "file" | "line" | "column"> {
  const inside = place !== undefined && place.line !== undefined && !/^(\/|[A-Za-z]:|\.\.)/.test(place.file);
  const { file, line = 1, column } = inside ? place : nowhere;
  const path = file.replaceAll("\\", "/");
  return {
    file: safeLine(folder === "" ? path : `${folder}/${path}`),
    line,
    ...(column === undefined ? {} : { column }),
  };
}
