import type { z } from "zod";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { type Fields, isFields } from "../core/values.ts";
import { parseYaml } from "./parse-yaml.ts";
import { expandSettings, type SettingsContext } from "./provider-settings.ts";
import { placeAt } from "./yaml-node.ts";

/** Where a ledger lies: `backend`, and what that backend takes; for `file` its `path`, without the stack. */
export type LedgerSettings = Fields & { readonly backend: string };

/** The schema of the settings of each backend; where left out, any backend is taken as it is written. */
export type BackendSchemas = { readonly backends?: ReadonlyMap<string, z.ZodObject> };

/** Settings as chosen, unless a diagnostic of severity error says what is wrong with them. */
export type ChosenLedger = { readonly settings: LedgerSettings; readonly diagnostics: readonly Diagnostic[] };

/** What `ledger` in cairn.yaml holds, held against the schema of its backend where that backend's name is no interpolation. */
export function chooseLedger(context: SettingsContext & BackendSchemas, written: Fields = {}): ChosenLedger {
  const backend = String(written["backend"] ?? "file");
  const implied = backend === "file" ? { path: ".cairn/ledger.json" } : {};
  const schema = context.backends?.get(backend);
  const chosen = expandSettings(context, ["ledger"], { backend, ...implied, ...written }, schema);
  const settings = { ...chosen.settings, backend: String(chosen.settings["backend"]) };
  if (context.backends === undefined || schema !== undefined || backend.includes("${")) {
    return { settings, diagnostics: chosen.diagnostics };
  }
  const message = `must be one of ${[...context.backends.keys()].join(", ")}; got "${backend}"`;
  const place = context.placeOf(["ledger", "backend"]);
  return { settings, diagnostics: [fault("E_CONFIG", message, { place, field: "ledger.backend" })] };
}

/**
 * The same of settings that are given as a text of their own, such as `{ backend: file, path: old.json }`; `file` stands for
 * that text in places.
 */
export function ledgerFromText(
  text: string,
  file: string,
  context: Omit<SettingsContext, "placeOf" | "settings"> & BackendSchemas,
): Partial<ChosenLedger> & Pick<ChosenLedger, "diagnostics"> {
  const [document, second] = parseYaml(new TextEncoder().encode(text), file);
  const place: Place = { file };
  const unfit = fault("E_CONFIG", "must be a map of the settings of one ledger", {
    place,
    help: "write what stood under `ledger` in cairn.yaml, such as { backend: file, path: old/ledger.json }",
  });
  if (document === undefined || second !== undefined) return { diagnostics: [unfit] };
  if (document.faults.length > 0) return { diagnostics: document.faults };
  const { value, root } = document;
  if (!isFields(value) || !["string", "undefined"].includes(typeof value["backend"])) return { diagnostics: [unfit] };
  const placeOf: SettingsContext["placeOf"] = (path, at) => placeAt(root, path.slice(1), at);
  return chooseLedger({ ...context, settings: new Map(), placeOf }, value);
}
