import { resolve } from "node:path";
import { CairnError, type Diagnostic, failure, fault } from "../../core/errors.ts";
import { fitsAny } from "../../core/glob.ts";
import { plainOptions } from "../../core/plan-input.ts";
import type { StackConfig } from "../../manifest/config.ts";
import { type Files, filesOnDisk } from "../../manifest/files.ts";
import { overlaidFiles, rememberedFiles } from "../../manifest/overlaid-files.ts";
import { readText } from "../../manifest/read-text.ts";
import { acceptDocument } from "../../render/accept-json.ts";
import type { AcceptReport } from "../../render/accept-report.ts";
import { renderAcceptText } from "../../render/accept-text.ts";
import { type Trial, type Tried, tryOut } from "../accept-trial.ts";
import { acceptedFields, acceptedPaths } from "../accepted-fields.ts";
import { loadStack, openConfig } from "../open-project.ts";
import { otherStacks } from "../other-stacks.ts";
import { requireLedger } from "../owned.ts";
import { makePlan, type Planned } from "../planning.ts";
import { replaceFiles } from "../replace-files.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/**
 * `cairn accept ADDR…|--all`: writes what the clouds moved into the manifests that declare it. Changes nothing in a cloud, and
 * nothing in the ledger: the next apply records what both sides agree on. Throws what could not be accepted, after the rest is
 * written.
 */
export function runAccept(context: RunContext): Promise<number> {
  const { options, arguments: patterns } = context;
  if (patterns.length > 0 === options.all) {
    const message = patterns.length > 0 ? "--all and addresses exclude each other" : "an address is missing";
    throw failure("E_USAGE", message, { help: "name what to accept (Kind/name, globs), or give --all" });
  }
  return withSession(context, options, async (session) => {
    const stored = await requireLedger(session);
    const { project } = session;
    const planning = { ...session, context, stored };
    const planned = await makePlan(planning, project.desired, { ...plainOptions, allow: options.allow });
    const strangers = patterns.filter((pattern) => isStrange(planned, pattern)).map(strange);
    const { fields, left } = acceptedFields(planned, { all: options.all, patterns });
    const trial = openTrial(context, session, planned);
    const tried = tryOut(trial, fields);
    context.signal.throwIfAborted();
    await replaceFiles(project.root, tried.texts, trial.files);
    const unseen = planned.plan.errors.filter(({ address = "" }) => options.all || fitsAny(patterns, address));
    const { output } = context;
    const errors = output.withPasteableHelp([...strangers, ...unseen, ...left, ...tried.faults]);
    const warnings = output.withPasteableHelp(otherStacks(context, trial.files, tried.texts));
    await show(context, reportOf(session, trial.files, tried, { errors, warnings }));
    if (errors.length > 0) throw new CairnError(errors);
    return 0;
  });
}

/** The manifests as they are now, which have to be those that were planned with. */
function openTrial(context: RunContext, { project }: Session, planned: Planned): Trial {
  const config = configOf(context);
  const files = rememberedFiles(filesOnDisk(resolve(context.world.cwd, context.options.directory)));
  const load: Trial["load"] = (texts) => loadStack(context, config, { files: overlaidFiles(files, texts) });
  if (JSON.stringify(load(new Map()).desired) !== JSON.stringify(project.desired)) {
    throw failure("E_ACCEPT", "the manifests have changed since they were read; nothing was written", {
      help: "run cairn accept again",
    });
  }
  return { planned, files, variables: config.variables, load };
}

function configOf(context: RunContext): StackConfig {
  const { options } = context;
  const { config, diagnostics } = openConfig(context, options.vars, true).forStack(options.stack);
  if (config === undefined) throw new CairnError(diagnostics);
  return config;
}

function isStrange({ basis, ledger }: Planned, pattern: string): boolean {
  const known = [...basis.desired.map(({ address }) => address), ...Object.keys(ledger.entries)];
  return !known.some((address) => fitsAny([pattern], address));
}

function strange(pattern: string): Diagnostic {
  return fault("E_TARGET", `${pattern} matches neither a manifest nor an owned resource`, {
    help: "write it as Kind/name; cairn drift shows what has drifted, cairn export writes manifests for what nobody declares",
  });
}

function reportOf(
  { project }: Session,
  files: Files,
  { texts, fields }: Tried,
  told: Pick<AcceptReport, "errors" | "warnings">,
): AcceptReport {
  const { name, stack } = project;
  const resources = [...new Set(fields.map(({ desired }) => desired))];
  return {
    project: name,
    ...(stack === undefined ? {} : { stack }),
    accepted: resources.map((desired) => ({
      address: desired.address,
      source: desired.source,
      fields: fields.filter((one) => one.desired === desired).flatMap(acceptedPaths),
    })),
    files: [...texts].map(([path, after]) => {
      const read = readText(files, path);
      return { path, before: "text" in read ? read.text : "", after };
    }),
    ...told,
  };
}

async function show({ output, world }: RunContext, report: AcceptReport): Promise<void> {
  output.json(acceptDocument(report, world.version));
  await output.diagnostics(report.warnings);
  if (output.wants("text")) output.text(renderAcceptText(report, await output.paint("stdout")));
  if (report.accepted.length > 0) {
    output.message("info", "the next apply records this; until then drift goes on to show it\n");
  }
}
