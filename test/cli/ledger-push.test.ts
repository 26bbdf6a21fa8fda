import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { file, grown, ledgerIn, withIntent } from "./grown.ts";
import { applied, shop } from "./shop.ts";

describe("cairn ledger pull", () => {
  it("prints the file to the byte, also into a file, and the same as JSON", async () => {
    const project = await applied();
    const { code, stdout } = await project.cairn("ledger pull");
    expect([code, stdout]).toEqual([0, project.read(file)]);
    expect(JSON.parse((await project.cairn("ledger pull --format json")).stdout)).toEqual(ledgerIn(project));
    await project.cairn("ledger pull --format text=backup.json");
    expect(project.read("backup.json")).toBe(project.read(file));
    expect((await shop().cairn("ledger pull")).stderr).toContain("error[E_NO_LEDGER]");
  });

  it("lets no name of an object steer a terminal", async () => {
    const project = await applied();
    project.write(file, project.read(file).replaceAll("first", "\u202Efi\u009B2Jrst"));
    const shown = (await project.cairn("ledger pull", { terminal: true })).stdout;
    expect(shown).toMatch(/^[\n\x20-\x7e]+$/);
    expect(JSON.parse(shown)).toEqual(ledgerIn(project));
    expect((await project.cairn("ledger pull")).stdout).toBe(project.read(file));
  });
});

describe("cairn ledger push", () => {
  it("stores a copy of an earlier day only where that is allowed, and what it says can be taken back", async () => {
    const project = await grown();
    project.write("backup.json", project.first);
    const refused = await project.cairn("ledger push backup.json");
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(
      /error\[E_GUARD\] .cairn\/ledger.json: the stored ledger is at serial \d+, the other one at \d+/,
    );
    expect(refused.stderr).toContain("to replace it all the same: cairn ledger push backup.json --allow serial");
    const before = ledgerIn(project);
    const pushed = await project.cairn("ledger push backup.json --allow serial");
    expect([pushed.code, pushed.stdout]).toEqual([
      0,
      `${file} is at serial ${before.serial + 1} now: nothing comes, nothing goes, 1 differs (App/web)\n` +
        `cairn ledger restore ${before.serial} takes it back\n`,
    ]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    await project.cairn(`ledger restore ${before.serial}`);
    expect(ledgerIn(project)).toEqual({ ...before, serial: before.serial + 2 });
  });

  it("makes a saved plan stale where that would do something else now", async () => {
    const project = await grown();
    const { "Environment/web/prod": _, ...entries } = ledgerIn(project).entries;
    project.write("part.json", JSON.stringify({ ...ledgerIn(project), entries }));
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    await project.cairn("plan --out saved.json");
    expect((await project.cairn("ledger push part.json")).stdout).toContain("1 goes (Environment/web/prod)");
    const { code, stderr } = await project.cairn("apply saved.json --yes");
    expect([code, stderr]).toEqual([4, expect.stringContaining("error[E_STALE_PLAN]")]);
  });

  it("says what it does in JSON, and writes nothing where the same is stored", async () => {
    const project = await grown();
    project.write("backup.json", project.first);
    const json = JSON.parse((await project.cairn("ledger push backup.json --allow serial --format json")).stdout);
    const { serial } = ledgerIn(project);
    expect(json).toEqual({
      ...{ location: file, written: true, serial, before: serial - 1, come: [], go: [], differ: ["App/web"] },
      back: `cairn ledger restore ${serial - 1}`,
    });
    const stored = project.read(file);
    for (const line of [`ledger push ${file}`, "ledger push backup.json"]) {
      const again = await project.cairn(line);
      expect([again.code, again.stdout]).toEqual([0, `${file} holds that already: nothing was written\n`]);
    }
    expect(project.read(file)).toBe(stored);
  });

  it("takes standard input, a link, and what another folder holds, where there is no ledger yet", async () => {
    const source = await applied();
    const text = source.read(file);
    const piped = shop();
    expect((await piped.cairn("ledger push -", { input: text })).stdout).toContain("3 come (App/web, ");
    expect(ledgerIn(piped)).toMatchObject({ lineage: JSON.parse(text).lineage, serial: JSON.parse(text).serial + 1 });
    const linked = shop();
    symlinkSync(join(source.folder, file), join(linked.folder, "link.json"));
    expect((await linked.cairn("ledger push link.json --format json")).stdout).toContain('"back": null');
  });

  it("does not mix up ledgers that have nothing to do with each other, and forgets no open intent", async () => {
    const project = await grown();
    project.write("other.json", JSON.stringify({ ...JSON.parse(project.first), lineage: "other" }));
    project.write(file, withIntent(project.read(file)));
    const refused = await project.cairn("ledger push other.json");
    expect([refused.code, refused.stderr.match(/error\[E_GUARD\]/g)]).toEqual([
      4,
      ["error[E_GUARD]", "error[E_GUARD]"],
    ]);
    const half = await project.cairn("ledger push other.json --allow lineage");
    expect([half.code, half.stderr]).toEqual([
      4,
      expect.stringContaining("ledger push other.json --allow lineage --allow intents"),
    ]);
    const { code, stdout } = await project.cairn("ledger push other.json --allow lineage --allow intents");
    expect(ledgerIn(project).lineage).toBe("other");
    const [, back = ""] = /cairn (ledger restore .*) takes it back/.exec(stdout) ?? [];
    expect([code, back]).toEqual([0, expect.stringMatching(/^ledger restore \d+ --allow lineage$/)]);
    const returned = await project.cairn(back);
    expect([returned.code, returned.stdout]).toEqual([
      0,
      expect.stringContaining("--allow lineage --allow intents takes it back"),
    ]);
  });

  it("waits for the lock, and is refused where another one holds it", async () => {
    const project = await grown();
    project.write("backup.json", project.first);
    project.write(`${file}.lock`, "scribble");
    const before = project.read(file);
    for (const line of ["ledger push backup.json --allow serial", `ledger restore ${project.serial}`]) {
      const { code, stderr } = await project.cairn(line);
      expect([code, stderr]).toEqual([4, expect.stringContaining("error[E_LOCKED]")]);
    }
    expect(project.read(file)).toBe(before);
    rmSync(join(project.folder, `${file}.lock`));
    await project.cairn("ledger push backup.json --allow serial");
    expect(readdirSync(join(project.folder, ".cairn")).filter((name) => name.includes("lock"))).toEqual([]);
  });

  it("names the place and the cure of everything that is no ledger of this project and stack, and writes nothing", async () => {
    const project = await grown();
    const ledger = JSON.parse(project.first);
    const app = ledger.entries["App/web"];
    const put = (name: string, value: unknown): void => project.write(name, JSON.stringify(value));
    put("project.json", { ...ledger, project: "billing" });
    put("stack.json", { ...ledger, stack: "prod" });
    put("format.json", { ...ledger, format: 2 });
    put("ghost.json", { ...ledger, entries: { "Ghost/g": { ...app, address: "Ghost/g", kind: "Ghost" } } });
    put("twin.json", { ...ledger, entries: { ...ledger.entries, "App/twin": { ...app, address: "App/twin" } } });
    put("serial.json", { ...ledger, serial: Number.MAX_SAFE_INTEGER });
    project.write("proto.json", project.first.replace('"App/web": {', '"__proto__": {'));
    project.write("half.json", project.first.slice(0, 400));
    project.write("empty.json", "");
    const before = project.read(file);
    const cases = [
      ["project.json", "E_LEDGER", 'belongs to the project "billing"'],
      ["stack.json", "E_LEDGER", 'belongs to the stack "prod", wanted is no stack'],
      ["format.json", "E_LEDGER", "written in format 2"],
      ["ghost.json", "E_UNKNOWN_KIND", "Ghost"],
      ["twin.json", "E_LEDGER", "owns the object with id"],
      ["serial.json", "E_LEDGER", "leaves no room"],
      ["proto.json", "E_LEDGER", "is no address"],
      ["half.json", "E_LEDGER", "truncated or not JSON"],
      ["empty.json", "E_LEDGER", "the ledger is empty"],
      ["manifests/web.yaml", "E_LEDGER", "not JSON"],
      ["nowhere.json", "E_FILE", "there is no such file"],
      ["manifests", "E_FILE", "EISDIR"],
      ["/dev/null", "E_LEDGER", "a device or a pipe"],
    ] as const;
    for (const [name, code, says] of cases) {
      const ran = await project.cairn(`ledger push ${name}`);
      expect([name, ran.code, ran.stderr]).toEqual([name, 1, expect.stringContaining(`error[${code}]`)]);
      expect(ran.stderr).toContain(says);
      expect([name, ran.stderr]).toEqual([name, expect.stringContaining("help: ")]);
    }
    const endless = await project.cairn("ledger push -", { input: Buffer.alloc(2 ** 28 + 1) });
    expect([endless.code, endless.stderr]).toEqual([1, expect.stringContaining("is longer than 256 MiB")]);
    const bytes = await project.cairn("ledger push -", { input: Buffer.from([0x7b, 0xff, 0x7d]) });
    expect([bytes.code, bytes.stderr]).toEqual([1, expect.stringContaining("error[E_LEDGER] standard input")]);
    expect(project.read(file)).toBe(before);
    expect(readdirSync(join(project.folder, ".cairn")).sort()).toEqual([
      ".gitignore",
      "ledger.json",
      "ledger.json.history",
    ]);
  });
});

describe("the commands about the ledger", () => {
  it("work while the manifests are broken, and make no call", async () => {
    const project = await grown();
    project.write("manifests/broken.yaml", "kind: [");
    project.write("backup.json", project.first);
    project.emulator.clearCalls();
    const lines = [
      ...["ledger list", "ledger show App/web", "ledger pull", "ledger history", "ledger check", "ledger unlock"],
      ...["ledger push backup.json --allow serial", "ledger forget App/web", `ledger restore ${project.serial}`],
    ];
    for (const line of lines) expect([line, (await project.cairn(line)).code]).toEqual([line, 0]);
    expect(project.emulator.calls()).toEqual([]);
  });

  it("name the stack in what takes something back", async () => {
    const project = shop();
    project.edit("cairn.yaml", /$/, "stacks: { dev: {} }\n");
    await project.cairn("apply --yes --stack dev");
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await project.cairn("apply --yes --stack dev");
    const [kept] = JSON.parse((await project.cairn("ledger history --stack dev --format json")).stdout).history;
    const { stdout } = await project.cairn(`ledger restore ${kept.serial} --stack dev`);
    expect(stdout).toMatch(
      /^\.cairn\/ledger\.dev\.json is at .*\ncairn --stack dev ledger restore \d+ takes it back\n$/,
    );
  });
});
