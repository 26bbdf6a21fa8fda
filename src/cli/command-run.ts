import { parseCommandLine } from "./command-line.ts";
import { commandSpecs } from "./commands.ts";
import { exitCodeOf } from "./exit-code.ts";
import { diagnosticsOf, failureDocument, withFaults } from "./failure.ts";
import { watchInterrupts } from "./interrupt.ts";
import type { Invocation } from "./options.ts";
import { type Output, openOutput } from "./output.ts";
import type { World } from "./world.ts";

type State = { mutated: boolean; debug: boolean; output: Output };

/** Reads a command line, runs its command and gives the exit code: `main`, but for what has to be quicker still. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<number> {
  const state: State = { mutated: false, debug: argv.includes("debug"), output: openOutput(world, fallback(argv)) };
  try {
    const request = parseCommandLine(argv);
    if ("help" in request) {
      world.stdout.write(request.help);
      return 0;
    }
    const code = await perform(request.invocation, world, state);
    await state.output.close();
    return code;
  } catch (error) {
    return await fail(error, state);
  }
}

/** How the fault of a command line that was not understood is shown: it may still ask for JSON. */
function fallback(argv: readonly string[]): Parameters<typeof openOutput>[1] {
  const json = argv.some(
    (word, index) => word === "--format=json" || (word === "json" && argv[index - 1] === "--format"),
  );
  const color = !argv.includes("--no-color");
  return { directory: ".", logLevel: "info", color, formats: json ? [{ format: "json" }] : [] };
}

async function perform({ command, arguments: args, options }: Invocation, world: World, state: State): Promise<number> {
  state.output = openOutput(world, options);
  state.debug = options.logLevel === "debug";
  const spec = commandSpecs.find(({ name }) => name === command);
  const interrupts = watchInterrupts(world, state.output, spec?.untilSignal);
  const onMutation = (): void => {
    state.mutated = true;
  };
  try {
    const run = await spec?.load();
    const { output } = state;
    return (await run?.({ world, options, arguments: args, output, signal: interrupts.signal, onMutation })) ?? 0;
  } finally {
    interrupts.close();
  }
}

/** Shows what went wrong and finishes the output; a fault of finishing it is shown too. */
async function fail(error: unknown, { output, mutated, debug }: State): Promise<number> {
  const diagnostics = diagnosticsOf(error);
  await output.diagnostics(diagnostics);
  if (debug && error instanceof Error) output.message("error", `${error.stack ?? error.message}\n`);
  try {
    await output.close((document) =>
      document === undefined ? failureDocument(diagnostics) : withFaults(document, diagnostics),
    );
  } catch (second) {
    await output.diagnostics(diagnosticsOf(second));
  }
  return exitCodeOf(diagnostics, mutated);
}
