import { relative, resolve } from "node:path";
import type { StackInput } from "../../cdk/stack-input.ts";
import type { SynthesisedStack } from "../../cdk/synth-stacks.ts";
import { dependencyGraph } from "../../core/dependency-graph.ts";
import { CairnError, type Diagnostic, failure } from "../../core/errors.ts";
import { openLedger } from "../ledger-of.ts";
import { kinds, loadStack, openConfig } from "../open-project.ts";
import type { RunContext } from "../run.ts";
import { synthSettings } from "../synth-settings.ts";

/**
 * `cairn synth [APP]`: the manifests of every stack, or of one, as Terraform stacks of the cdktf; those of an app of constructs
 * are written first, because apply reads them, too.
 */
export async function runSynth(given: RunContext): Promise<number> {
  const { options, ...settings } = synthSettings(given.world, given.options);
  const context = { ...given, options };
  await writeApp(context);
  const inputs = await readStacks(context);
  const { synthStacks } = await import("../../cdk/synth-stacks.ts");
  const written = await synthStacks(inputs, settings);
  tell(context, settings.outdir, written, inputs);
  return 0;
}

async function writeApp({ world, options, output, arguments: [app] }: RunContext): Promise<void> {
  const { directory, manifests = "manifests/cdk" } = options;
  if (app === undefined && options.manifests === undefined) return;
  if (app === undefined) throw failure("E_USAGE", "--manifests is for the manifests of an app, and none is named");
  const project = resolve(world.cwd, directory);
  const [{ loadApp }, { writeManifests }] = [
    await import("../../cdk/load-app.ts"),
    await import("../../cdk/write-manifests.ts"),
  ];
  const files = writeManifests(resolve(project, manifests), loadApp(resolve(project, app), app));
  output.text(`wrote ${manifests}: ${files.length} ${files.length === 1 ? "manifest" : "manifests"}\n`);
}

/** Every stack that is asked for, with what it owns. Throws the faults of all of them at once. */
async function readStacks(context: RunContext): Promise<readonly StackInput[]> {
  const { world, options, output } = context;
  const { vars } = options;
  const config = openConfig(context, vars, false);
  const names = options.stack === undefined && config.stacks.length > 0 ? config.stacks : [options.stack];
  const diagnostics: Diagnostic[] = [];
  const inputs: StackInput[] = [];
  for (const stack of names) {
    const chosen = config.forStack(stack);
    diagnostics.push(...chosen.diagnostics);
    if (chosen.config === undefined) continue;
    const { desired, diagnostics: faults } = loadStack(context, chosen.config);
    diagnostics.push(...faults);
    const root = resolve(world.cwd, options.directory);
    const named = { project: chosen.config.project, ...(stack === undefined ? {} : { stack }) };
    const place = { ...named, name: named.project, root, ledger: chosen.config.ledger };
    const backend = await openLedger(place, context);
    const stored = await backend.read().finally(backend.close);
    const entries = Object.values(stored?.entries ?? {});
    const edges = dependencyGraph(desired, kinds).edges;
    const { file: ledgerFile } = backend;
    inputs.push({
      ...named,
      kinds,
      desired,
      edges,
      entries,
      vars,
      root,
      ...(ledgerFile === undefined ? {} : { ledgerFile }),
    });
  }
  if (diagnostics.some(({ severity }) => severity === "error")) throw new CairnError(distinct(diagnostics));
  await output.diagnostics(distinct(diagnostics));
  return inputs;
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}

function tell(
  { world, output }: RunContext,
  outdir: string,
  written: readonly SynthesisedStack[],
  inputs: readonly StackInput[],
): void {
  const shown = (path: string): string => relative(world.cwd, path) || ".";
  const stacks = written.map(({ name, file, ending, renamed }, index) => ({
    stack: name,
    file: shown(file),
    resources: inputs[index]?.desired.length ?? 0,
    removed: ending,
    renamed: Object.fromEntries(renamed),
  }));
  output.json({ format_version: "1.0", outdir: shown(outdir), stacks });
  for (const { file, resources, removed, renamed } of stacks) {
    output.text(`wrote ${file}: ${resources} ${resources === 1 ? "resource" : "resources"}\n`);
    for (const address of removed) output.text(`  ${address} is declared no longer: applying the stack destroys it\n`);
    for (const [before, after] of Object.entries(renamed)) {
      output.text(`  ${before} seems to be ${after} now: the stack leaves it alone, and apply moves it\n`);
    }
  }
}
