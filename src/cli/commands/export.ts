import { isAbsolute, relative, resolve } from "node:path";
import { CairnError, type Diagnostic, failure, fault } from "../../core/errors.ts";
import { type Exported, exportManifests } from "../../core/export-manifests.ts";
import { type ManifestFile, manifestFiles } from "../../manifest/manifest-files.ts";
import { type ExportReport, exportJson, exportText } from "../../render/export-text.ts";
import { configForExport } from "../export-config.ts";
import { lookForExport } from "../export-look.ts";
import { requireApart } from "../require-apart.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";
import { requireEmpty, writeNewFolder } from "../write-folder.ts";

/**
 * `cairn export --out DIR`: manifests of what lives in the clouds, whoever owns it, as a project of its own. Reads only; takes no
 * lock. What could not be seen whole is an error, and nothing is written.
 */
export function runExport(context: RunContext): Promise<number> {
  const { world, options, output } = context;
  const { out, directory } = options;
  if (out === undefined) throw failure("E_USAGE", "--out is missing");
  const folder = resolve(world.cwd, directory, out);
  requireEmpty(folder, out);
  requireApart(context, folder, out);
  const path = isAbsolute(out) ? out : relative(world.cwd, folder);
  const read = async (session: Session): Promise<number> => {
    const { objects, isExported, faults, warnings } = await lookForExport(session, context);
    if (faults.length > 0) throw new CairnError(distinct(faults));
    const { project } = session;
    const aliases = new Set([...project.clouds.keys()].filter((alias) => isAlias(session, alias)));
    const exported = exportManifests({ kinds: project.kinds, objects, isExported, aliases });
    await output.diagnostics([...warnings, ...warningsOf(exported)]);
    const files = manifestFiles(exported.manifests);
    const { text, variables } = configForExport(session, context, exported);
    // Without its configuration the folder is no project yet: it comes last.
    if (files.length > 0) writeNewFolder(folder, out, [...files, { path: "cairn.yaml", text }]);
    const report: ExportReport = { ...exported, out, path, files: shownFiles(files), credentials: variables };
    output.json(exportJson(report));
    output.text(exportText(report));
    return 0;
  };
  return withSession(context, options, read, { manifests: "legible" });
}

function shownFiles(files: readonly ManifestFile[]): ExportReport["files"] {
  if (files.length === 0) return [];
  return [{ file: "cairn.yaml", manifests: 0 }, ...files.map(({ path, manifests }) => ({ file: path, manifests }))];
}

function isAlias({ project }: Session, alias: string): boolean {
  return project.providerOf(alias).provider.name !== alias;
}

const leftHelp = "what refers to it does so by its id; to manage it, change it in the cloud and export again";
const droppedHelp = "the object keeps it as it is; declare it by hand where it matters";

/** What the manifests do not say although the cloud shows it. */
function warningsOf({ left, dropped }: Exported): readonly Diagnostic[] {
  const all = [
    ...left.map(({ kind, id, message }) =>
      fault("E_ADOPT", `${kind} ${id} is left out: ${message}`, { help: leftHelp }),
    ),
    ...dropped.map(({ address, field, message }) =>
      fault("E_FIELD", `is left out: ${message}`, { address, field, help: droppedHelp }),
    ),
  ];
  return all.map((one) => ({ ...one, severity: "warning" }));
}

function distinct(faults: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(faults.map((one) => [JSON.stringify(one), one])).values()];
}
