import { describe, expect, it } from "vitest";
import { parseCommandLine } from "../../src/cli/command-line.ts";
import { CairnError } from "../../src/core/errors.ts";

function parsed(...argv: string[]) {
  const request = parseCommandLine(argv);
  if ("help" in request) throw new Error(request.help);
  return request.invocation;
}

function refused(...argv: string[]): string {
  try {
    parseCommandLine(argv);
  } catch (error) {
    if (error instanceof CairnError)
      return error.diagnostics.map(({ message, help }) => `${message}; ${help}`).join("\n");
    throw error;
  }
  throw new Error("it was understood");
}

describe("parseCommandLine()", () => {
  it("reads every common option, before and behind the command", () => {
    const { command, options } = parsed(
      ..."-C shop --stack dev plan --var a=1 --var b=x=y --target App/a --target App/b --exclude Service/* --parallelism 3".split(
        " ",
      ),
      ..."--lock-timeout 10m --format json --format text=plan.txt --allow deletes=7 --allow destroy=App/a --no-color".split(
        " ",
      ),
      ..."--log-level debug --out p.json --replace App/c --destroy --detailed-exitcode".split(" "),
    );
    expect(command).toBe("plan");
    expect(options).toMatchObject({
      directory: "shop",
      stack: "dev",
      vars: { a: "1", b: "x=y" },
      targets: ["App/a", "App/b"],
      excludes: ["Service/*"],
      parallelism: 3,
      lockTimeout: 600_000,
      formats: [{ format: "json" }, { format: "text", file: "plan.txt" }],
      allow: { deletes: 7, destroy: ["App/a"], forbid: [], provider: [] },
      color: false,
      logLevel: "debug",
      out: "p.json",
      replace: ["App/c"],
      destroy: true,
      detailedExitcode: true,
    });
  });

  it("has defaults for all that is not said", () => {
    expect(parsed("apply").options).toMatchObject({
      directory: ".",
      vars: {},
      targets: [],
      parallelism: 10,
      lockTimeout: 0,
      formats: [],
      color: true,
      logLevel: "info",
      yes: false,
    });
  });

  it.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["0", 0],
    ["0s", 0],
  ])("takes %s as a duration", (text, ms) => {
    expect(parsed("apply", "--lock-timeout", text).options.lockTimeout).toBe(ms);
  });

  it("lifts each guard by number or name", () => {
    const { allow } = parsed(
      ..."apply --allow deletePercent=50 --allow replaces=6 --allow vanished=9 --allow provider=brand-a --allow data-loss".split(
        " ",
      ),
    ).options;
    expect(allow).toEqual({
      deletePercent: 50,
      replaces: 6,
      vanished: 9,
      provider: ["brand-a"],
      destroy: [],
      forbid: ["data-loss"],
    });
  });

  it("keeps arguments and the names of commands in groups", () => {
    expect(parsed("ledger", "show", "App/shop")).toMatchObject({ command: "ledger show", arguments: ["App/shop"] });
    expect(parsed("apply", "plan.json").arguments).toEqual(["plan.json"]);
  });

  it("reads the emulator's options", () => {
    const { options } = parsed(
      ..."emulator --port 0 --key a:b --key c:d:e@f --wire manual --seed s.json --speed 60".split(" "),
    );
    expect(options).toMatchObject({ port: 0, keys: ["a:b", "c:d:e@f"], wire: "manual", seed: "s.json", speed: 60 });
  });

  it.each<[string, RegExp]>([
    ["paln", /unknown command 'paln'; did you mean plan\?/],
    ["plan --tagret App/a", /unknown option '--tagret'; did you mean --target\?/],
    ["plan extra", /too many arguments for 'plan'. Expected 0 arguments but got 1/],
    ["ledger show", /missing required argument 'address'/],
    ["ledger shwo x", /unknown command 'shwo'; did you mean show\?/],
    ["", /a command is missing; cairn --help lists the commands/],
    ["ledger", /a command of ledger is missing; cairn ledger --help/],
    ["plan --stack", /argument missing/],
    ["plan --out --destroy", /'--destroy' is invalid: it looks like an option/],
    ["plan --var a", /'a' is invalid: write NAME=VALUE/],
    ["plan --var =a", /write NAME=VALUE/],
    ["plan --format xml", /the formats are text, json/],
    ["plan --format json=", /the file name behind = is missing/],
    ["plan --format json --format text", /only one format can go to stdout; write text=FILE/],
    ["plan --lock-timeout 10x", /'10x' is invalid: write a number with ms, s, m or h/],
    ["plan --parallelism 0", /write a whole number from 1 to 1000/],
    ["plan --parallelism x", /write a whole number/],
    ["plan --allow everything", /write deletes=N, deletePercent=N/],
    ["plan --allow deletes=many", /write the number that is allowed/],
    ["plan --allow deletes", /write the number that is allowed/],
    ["plan --allow destroy=", /write destroy=ADDRESS/],
    ["plan --log-level loud", /Allowed choices are error, warn, info, debug/],
    ["emulator --speed 0", /write a number above 0/],
    ["emulator --speed fast", /write a number above 0/],
    ["emulator --target App/a", /emulator does not take '--target'/],
    ["version --stack dev", /version does not take '--stack'/],
    ["apply --dryrun", /unknown option '--dryrun'/],
    ["init --stack dev", /init does not take '--stack'/],
  ])("refuses: %s", (line, message) => {
    expect(refused(...line.split(" ").filter(Boolean))).toMatch(message);
  });

  it("refuses an empty value", () => {
    expect(refused("plan", "--stack", "")).toMatch(/it is empty/);
  });

  it.each([["--help"], ["plan", "--help"], ["help"], ["help", "ledger"]])("has help: %s %s", (...argv) => {
    const request = parseCommandLine(argv.filter((word) => word !== undefined));
    expect(request).toHaveProperty("help", expect.stringMatching(/^Usage: cairn/));
  });

  it("shows in a command's help only what it takes", () => {
    const help = (command: string) => {
      const request = parseCommandLine([command, "--help"]);
      return "help" in request ? request.help : "";
    };
    expect(help("plan")).toContain("--target <address>");
    expect(help("version")).not.toContain("--target");
  });
});
