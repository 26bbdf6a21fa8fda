import { parseCommandLine } from "./command-line.ts";
import { commandSpecs } from "./commands.ts";
import { exitCodeOf } from "./exit-code.ts";
import { diagnosticsOf } from "./failure.ts";
import { watchInterrupts } from "./interrupt.ts";
import { type FormatRequest, formatNames, type Invocation } from "./options.ts";
import { type Output, type OutputOptions, openOutput } from "./output.ts";
import type { World } from "./world.ts";

type State = { mutated: boolean; debug: boolean; output: Output; begun: boolean };

/** Reads a command line, runs its command and gives the exit code: `main`, but for what has to be quicker still. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<number> {
  if (argv[0] === "complete" && argv[1] === "--") {
    const { complete } = await import("./complete.ts");
    await complete(argv.slice(2), world);
    return 0;
  }
  const debug = argv.includes("debug");
  const state: State = { mutated: false, debug, output: openOutput(world, fallback(argv)), begun: false };
  try {
    const request = parseCommandLine(argv);
    if ("help" in request) {
      world.stdout.write(request.help);
      return 0;
    }
    const code = await perform(request.invocation, world, state);
    await state.output.close();
    state.output.events([{ type: "exit", code }]);
    return code;
  } catch (error) {
    begin(state, world, commandIn(argv));
    return await fail(error, state);
  }
}

/** The command that a line which was not understood names, if it names one: any other word may be a secret value. */
function commandIn(argv: readonly string[]): string {
  return commandSpecs.find(({ name }) => argv.includes(name))?.name ?? "";
}

/** The first line of the event stream, once. */
function begin(state: State, world: World, command: string): void {
  if (!state.begun) {
    state.output.events([{ type: "start", format_version: "1.0", cairn_version: world.version, command }]);
  }
  state.begun = true;
}

/** How the fault of a command line that was not understood is shown: it may still ask for a format on stdout. */
function fallback(argv: readonly string[]): OutputOptions {
  const words = argv.flatMap((word, index) => {
    if (word.startsWith("--format=")) return [word.slice("--format=".length)];
    return argv[index - 1] === "--format" ? [word] : [];
  });
  const formats = formatNames.filter((name) => words.includes(name)).map((format): FormatRequest => ({ format }));
  const color = !argv.includes("--no-color");
  return {
    command: commandIn(argv),
    ownFormat: "text",
    directory: ".",
    logLevel: "info",
    color,
    formats: formats.slice(0, 1),
  };
}

async function perform({ command, arguments: args, options }: Invocation, world: World, state: State): Promise<number> {
  const spec = commandSpecs.find(({ name }) => name === command);
  const [ownFormat = "text"] = spec?.formats ?? [];
  state.output = openOutput(world, { ...options, command, ownFormat });
  begin(state, world, command);
  state.debug = options.logLevel === "debug";
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
    await output.close(diagnostics);
  } catch (second) {
    await output.diagnostics(diagnosticsOf(second));
  }
  const code = exitCodeOf(diagnostics, mutated);
  output.events([{ type: "exit", code }]);
  return code;
}
