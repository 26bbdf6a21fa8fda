import { resolve } from "node:path";
import { z } from "zod";
import type { StackSettings } from "../cdk/stack-input.ts";
import { failure } from "../core/errors.ts";
import type { Options } from "./options.ts";
import type { World } from "./world.ts";

const schema = z.looseObject({
  cairn: z
    .strictObject({
      directory: z.string().min(1).optional(),
      stack: z.string().min(1).optional(),
      engine: z.enum(["null", "data"]).optional(),
      backend: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

/** How a project is synthesised: as the command line says, else the context of cdktf.json, else the default. */
export type SynthSettings = StackSettings & { readonly options: Options };

/**
 * The settings of a synthesis. The cdktf CLI says by CDKTF_OUTDIR where it looks for stacks, and by CDKTF_CONTEXT_JSON what
 * stands under `context` in cdktf.json. `E_CONFIG` where that is not what is expected.
 */
export function synthSettings(world: World, given: Options): SynthSettings {
  const { CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: json } = world.env;
  const context = json === undefined || json === "" ? {} : contextOf(json);
  const { directory, stack, engine = "null", backend } = context.cairn ?? {};
  const options: Options = {
    ...(stack === undefined ? {} : { stack }),
    ...given,
    directory: given.directory === "." && directory !== undefined ? directory : given.directory,
  };
  const project = resolve(world.cwd, options.directory);
  const isNamed = outdir !== undefined && outdir !== "";
  const out = isNamed ? resolve(world.cwd, outdir) : resolve(project, "cdktf.out");
  return {
    options,
    context,
    engine: given.engine ?? engine,
    outdir: given.out === undefined ? out : resolve(project, given.out),
    ...(backend === undefined ? {} : { backend }),
  };
}

function contextOf(json: string): z.output<typeof schema> {
  const parsed = schema.safeParse(readJson(json));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw failure("E_CONFIG", `the context of cdktf.json (CDKTF_CONTEXT_JSON) is not what synth takes: ${faults}`, {
    help: "context.cairn may hold directory, stack, engine (null or data) and backend",
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
