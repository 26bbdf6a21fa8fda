import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { pasteable, withPasteableHelp } from "../../src/cli/pasteable.ts";
import { fault } from "../../src/core/errors.ts";
import { rolling } from "./rollouts.ts";
import type { Circumstances, Ran } from "./run-cairn.ts";
import { applied, type Shop, shop } from "./shop.ts";

const here = { directory: "." };
const there = { directory: "my infra", stack: "prod" };

describe("pasteable()", () => {
  it.each([
    ["nothing is said where nothing was given", here, "cairn ledger unlock", "cairn ledger unlock"],
    ["folder and stack, quoted", there, "run cairn plan", "run cairn -C 'my infra' --stack prod plan"],
    ["each command", there, "cairn plan; cairn ledger list", /^cairn -C .* plan; cairn -C .* ledger list$/],
    ["no stack for what takes none", there, "start it: cairn emulator", "start it: cairn -C 'my infra' emulator"],
    ["the stack that it names itself", there, "cairn --stack test plan", "cairn -C 'my infra' --stack test plan"],
    ["the alias for what takes one", { ...here, provider: "b" }, "cairn get pods", "cairn get --provider b pods"],
    ["its own alias", { ...here, provider: "b" }, "cairn get --provider a", "cairn get --provider a"],
    [
      "no alias as what is moved",
      { ...here, provider: "b" },
      "cairn ledger move --provider A=B",
      "cairn ledger move --provider A=B",
    ],
    ["no words that are no command", there, "cairn reads planks of cairn planks", "cairn reads planks of cairn planks"],
  ])("tells %s", (_, place, text, expected) => {
    const told = pasteable(text, place);
    if (typeof expected === "string") expect(told).toBe(expected);
    else expect(told).toMatch(expected);
    expect(pasteable(told, place)).toBe(told);
  });

  it("quotes what a shell would read otherwise", () => {
    const place = { directory: "it's; rm -rf ~", stack: "$(id)" };
    expect(pasteable("cairn plan", place)).toBe(String.raw`cairn -C 'it'\''s; rm -rf ~' --stack '$(id)' plan`);
  });
});

describe("withPasteableHelp()", () => {
  it("writes help alone, and that of a code where there is no other", () => {
    const lock = fault("E_LOCKED", 'locked by "cairn plan"', { help: "cairn ledger unlock" });
    const [own, byCode] = withPasteableHelp([lock, fault("E_LEDGER", "bad")], there);
    expect(own).toEqual({ ...lock, help: "cairn -C 'my infra' --stack prod ledger unlock" });
    expect(byCode?.help).toBe("cairn -C 'my infra' --stack prod ledger check tells whether it is sound");
  });

  it("names the alias of the resource where that is needed", () => {
    const aliasOf = (address: string) => (address === "Rollout/web" ? "brand-a" : undefined);
    const help = "close it: cairn rollout close --id 7";
    const all = (["Rollout/web", "Rollout/shop"] as const).map((address) =>
      fault("E_BLOCKED", "open", { address, help }),
    );
    expect(withPasteableHelp(all, { ...here, aliasOf }).map((one) => one.help)).toEqual([
      "close it: cairn rollout close --provider brand-a --id 7",
      help,
    ]);
  });
});

const stacks = "stacks: { prod: {}, test: {} }\n";

/** A project with stacks, worked on from the folder above it. */
function fromAbove<S extends Shop>(project: S) {
  project.edit("cairn.yaml", /$/, stacks);
  const cwd = dirname(project.folder);
  const given = `-C ${basename(project.folder)} --stack prod`;
  return {
    project,
    given,
    run: (line: string, more: Circumstances = {}): Promise<Ran> => project.cairn(`${line} ${given}`, { cwd, ...more }),
    /** Runs a command as it stands in some output. */
    paste: (command: string): Promise<Ran> => project.cairn(command.replace(/^cairn /, ""), { cwd }),
  };
}

/** The commands that are named without folder and stack. */
function lost(text: string): readonly string[] {
  return text.match(/\bcairn (?:plan|apply|ledger|rollout|drift|accept|export)\b.*/g) ?? [];
}

describe("a run of another folder and stack", () => {
  it("names the command that frees its lock, and no other's", async () => {
    const { project, given, run, paste } = fromAbove(shop());
    expect((await run("apply --yes")).code).toBe(0);
    project.write(".cairn/ledger.prod.json.lock", "scribble");
    const refused = await run("apply --yes");
    expect(refused.code).toBe(4);
    const [command = ""] = /cairn -C \S+ --stack prod ledger unlock/.exec(refused.stderr) ?? [];
    expect(command).toBe(`cairn ${given} ledger unlock`);
    expect((await paste(command)).stdout).toContain("removed a lock");
    expect((await run("apply --yes")).code).toBe(0);
  });

  it("tells the same in every format, once", async () => {
    const { project, run } = fromAbove(shop());
    project.edit("cairn.yaml", /$/, "guards: { maxDeletes: 0 }\n");
    expect((await run("apply --yes")).code).toBe(0);
    project.emulator.setFaults({ rules: [{ match: { action: "ListApp" }, effect: "http500" }] });
    const formats = ["json", "markdown", "html", "sarif", "junit", "ndjson", "github"];
    const failed = await run(`plan ${formats.map((format) => `--format ${format}=out.${format}`).join(" ")}`);
    expect(failed.code).toBe(1);
    const texts = [failed.stderr, ...formats.map((format) => project.read(`out.${format}`))];
    for (const text of texts) {
      expect(text).toContain("--stack prod plan shows what is left to do");
      expect(text).not.toContain("cairn plan shows");
    }
    const { errors } = JSON.parse(project.read("out.json")).cairn;
    expect(new Set(errors.map((one: object) => JSON.stringify(one))).size).toBe(errors.length);
    expect(failed.stderr.split("error[").length - 1).toBe(errors.length);
  });

  it("knows the stack of a saved plan", async () => {
    const { project, given, run, paste } = fromAbove(shop());
    const saved = await run("plan --out p.json");
    const command = `cairn ${given} apply p.json`;
    expect(saved.stderr).toContain(`saved as p.json; ${command} does exactly this`);
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    const stale = await project.cairn(`apply p.json --yes -C ${project.folder}`);
    expect(stale.code).toBe(4);
    expect(stale.stderr).toContain(`look at a new plan: cairn -C ${project.folder} --stack prod plan --out FILE`);
    project.edit("manifests/web.yaml", "replicas: 3", "replicas: 2");
    expect((await paste(`${command} --yes`)).code).toBe(0);
  });

  it("leads a failed rollout to its end", async () => {
    const { project, given, run, paste } = fromAbove(rolling());
    const rules = [{ match: { action: "DeployApp", nth: 1 }, effect: "fail-pod", ms: 1e10 }];
    project.emulator.setFaults({ rules });
    const failed = await run("apply --yes --format json");
    expect(failed.code).toBe(3);
    const [command = ""] = /cairn -C \S+ --stack prod rollout close --id \d+/.exec(failed.stderr) ?? [];
    expect([command, lost(failed.stdout)]).toEqual([expect.stringContaining(given), []]);
    const { next } = JSON.parse((await run("rollout status web/prod --format json")).stdout);
    expect(next).toContain(`cairn ${given} rollout close web/prod closes it: it keeps others out`);
    expect((await paste(`${command} --yes`)).code).toBe(0);
  });

  it("says which of several aliases of a provider a rollout is behind", async () => {
    const { project, run, paste } = fromAbove(rolling());
    const [, settings = ""] = /retailcloud: (\{.*\})/.exec(project.read("cairn.yaml")) ?? [];
    const alias = `  aliases: { brand-a: ${settings.replace("{", "{ provider: retailcloud,")} }`;
    project.edit("cairn.yaml", settings, `${settings}\n${alias}`.replaceAll("$", "$$$$"));
    project.emulator.setFaults({ rules: [{ match: { action: "DeployApp", nth: 1 }, effect: "fail-pod", ms: 1e10 }] });
    const failed = await run("apply --yes");
    const [command = ""] =
      /cairn -C \S+ --stack prod rollout close --provider retailcloud --id \d+/.exec(failed.stderr) ?? [];
    expect((await paste(`${command} --yes`)).code).toBe(0);
  });

  it("names the stack that owns what it wants", async () => {
    const { project, run, paste } = fromAbove(shop());
    await applied({ ...project, cairn: (line) => project.cairn(`${line} --stack test`) });
    const refused = await run("plan");
    expect(refused.stderr).toMatch(/E_OWNED_ELSEWHERE/);
    const [command = ""] = /cairn -C \S+ --stack test ledger list/.exec(refused.stderr) ?? [];
    expect((await paste(command)).stdout).toContain("App/web");
  });
});
