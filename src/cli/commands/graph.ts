import { dependencyGraph } from "../../core/dependency-graph.ts";
import { CairnError } from "../../core/errors.ts";
import { graphDocument } from "../../render/graph-json.ts";
import { kinds, loadStack, openConfig, requireStack } from "../open-project.ts";
import type { RunContext } from "../run.ts";

/** `cairn graph`: what depends on what, from the manifests alone: no network, no credentials, no ledger. */
export async function runGraph(context: RunContext): Promise<number> {
  const { options, output } = context;
  const config = openConfig(context, options.vars, false);
  requireStack(config, options.stack);
  const chosen = config.forStack(options.stack);
  if (chosen.config === undefined) throw new CairnError(chosen.diagnostics);
  const { desired, diagnostics } = loadStack(context, chosen.config);
  const told = [...chosen.diagnostics, ...diagnostics];
  if (told.some(({ severity }) => severity === "error")) throw new CairnError(told);
  await output.diagnostics(told);
  const graph = dependencyGraph(desired, kinds);
  const { project, stack } = chosen.config;
  output.found({ type: "graph", graph });
  output.json(graphDocument(graph, { project, ...(stack === undefined ? {} : { stack }) }));
  return 0;
}
