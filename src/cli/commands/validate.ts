import { CairnError, type Diagnostic } from "../../core/errors.ts";
import { diagnosticDocument } from "../../render/diagnostic-json.ts";
import { loadStack, openConfig } from "../open-project.ts";
import type { RunContext } from "../run.ts";

/** What was found in one stack, or in a project without stacks. */
type Checked = { readonly stack?: string; readonly resources: number; readonly diagnostics: readonly Diagnostic[] };

/** `cairn validate`: every check that needs no network; without `--stack` of every stack, each fault told once. */
export async function runValidate(context: RunContext): Promise<number> {
  const { options, output } = context;
  const config = openConfig(context, options.vars, false);
  output.about({ project: config.project, ...(options.stack === undefined ? {} : { stack: options.stack }) });
  const stacks = options.stack === undefined && config.stacks.length > 0 ? config.stacks : [options.stack];
  const checked = stacks.map((stack): Checked => {
    const chosen = config.forStack(stack);
    const loaded = chosen.config === undefined ? undefined : loadStack(context, chosen.config);
    return {
      ...(stack === undefined ? {} : { stack }),
      resources: loaded?.desired.length ?? 0,
      diagnostics: [...chosen.diagnostics, ...(loaded?.diagnostics ?? [])],
    };
  });
  const diagnostics = output.withPasteableHelp(distinct(checked.flatMap((one) => one.diagnostics)));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  const found = checked.map(({ stack, resources }) => ({ ...(stack === undefined ? {} : { stack }), resources }));
  output.found({ type: "check", stacks: found });
  output.events([{ type: "validate", valid: errors.length === 0, stacks: found }]);
  output.json({
    format_version: "1.0",
    valid: errors.length === 0,
    errored: errors.length > 0,
    stacks: checked.map(({ stack = null, resources }) => ({ stack, resources })),
    cairn: { errors: errors.map(diagnosticDocument), warnings: warnings.map(diagnosticDocument) },
  });
  if (errors.length > 0) throw new CairnError(diagnostics);
  await output.diagnostics(warnings);
  for (const { stack, resources } of checked) {
    const place = stack === undefined ? "" : `stack ${stack}: `;
    output.text(`${place}valid, ${resources} ${resources === 1 ? "resource" : "resources"}\n`);
  }
  return 0;
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
