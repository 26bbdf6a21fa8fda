import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { file, grown, ledgerIn, withIntent } from "./grown.ts";
import { applied, objectsIn } from "./shop.ts";

describe("cairn ledger history", () => {
  it("says that nothing is kept, and lists the ledger before each run that changed it", async () => {
    const project = await applied();
    const none = await project.cairn("ledger history");
    expect([none.code, none.stdout]).toEqual([
      0,
      `nothing is kept of ${file} yet: the next run that changes it keeps what it finds\n`,
    ]);
    const serials = [ledgerIn(project).serial];
    project.edit("manifests/web.yaml", "description: first", "description: second");
    await applied(project);
    serials.unshift(ledgerIn(project).serial);
    await project.cairn("ledger forget Environment/web/prod");
    const { stdout } = await project.cairn("ledger history");
    expect(stdout).toMatch(
      new RegExp(`^SERIAL +REPLACED +OWNED\n${serials[0]} +[-0-9]+T[:.0-9]+Z +3\n${serials[1]} +\\S+Z +3\n$`),
    );
    const json = JSON.parse((await project.cairn("ledger history --format json")).stdout);
    expect(json).toMatchObject({ location: file, history: serials.map((serial) => ({ serial, owned: 3 })) });
  });

  it("keeps nothing for a run that changes nothing, and makes nothing by looking", async () => {
    const project = await applied();
    await applied(project);
    await project.cairn("ledger history");
    expect(readdirSync(join(project.folder, ".cairn")).sort()).toEqual([".gitignore", "ledger.json"]);
  });
});

describe("cairn ledger restore", () => {
  it("brings a kept version back, with which a plan sees what was changed since, and can be taken back", async () => {
    const project = await grown();
    await project.cairn("ledger forget Environment/web/prod");
    const forgotten = ledgerIn(project);
    expect((await project.cairn("plan")).stdout).toContain("1 to adopt");
    const [newest] = JSON.parse((await project.cairn("ledger history --format json")).stdout).history;
    const restored = await project.cairn(`ledger restore ${newest.serial}`);
    const serial = forgotten.serial + 1;
    expect([restored.code, restored.stdout]).toEqual([
      0,
      `${file} is at serial ${serial} now: 1 comes (Environment/web/prod), nothing goes, nothing differs\n` +
        `cairn ledger restore ${forgotten.serial} takes it back\n`,
    ]);
    expect(ledgerIn(project)).toMatchObject({ serial, lineage: forgotten.lineage });
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.cairn(`ledger restore ${forgotten.serial}`)).stdout).toContain(
      "1 goes (Environment/web/prod)",
    );
    expect((await project.cairn("plan")).stdout).toContain("1 to adopt");
  });

  it("sees the cloud's newer state as drift from an older version, and repairs nothing that is as declared", async () => {
    const project = await grown();
    expect((await project.cairn(`ledger restore ${project.serial}`)).stdout).toContain("1 differs (App/web)");
    expect((await project.cairn("drift")).code).toBe(2);
    const planned = await project.cairn("plan --detailed-exitcode");
    expect([planned.code, planned.stdout]).toEqual([0, expect.stringContaining("No changes")]);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
  });

  it("saves a ledger that was lost, or damaged: nothing has to be adopted", async () => {
    const project = await grown();
    rmSync(join(project.folder, file));
    const lost = await project.cairn("plan");
    expect(lost.stdout).toContain("3 to adopt");
    expect(lost.stderr).toContain(
      `warning[E_NO_LEDGER] ${file}: there is no ledger, and there was one: serial ${project.serial}`,
    );
    expect(lost.stderr).toContain(`help: if it was lost: cairn ledger restore ${project.serial}; otherwise`);
    expect((await project.cairn("ledger list")).stderr).toContain(
      `if it was lost: cairn ledger restore ${project.serial}`,
    );
    const { code, stdout } = await project.cairn(`ledger restore ${project.serial}`);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/3 come \(App\/web, .*\), nothing goes, nothing differs\n$/),
    ]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    project.write(file, project.read(file).slice(0, 300));
    const refused = await project.cairn(`ledger restore ${project.serial}`);
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringContaining("error[E_GUARD] .cairn/ledger.json: the stored ledger cannot be read"),
    ]);
    expect(refused.stderr).toContain(
      `to replace it all the same: cairn ledger restore ${project.serial} --allow damaged`,
    );
    expect((await project.cairn(`ledger restore ${project.serial} --allow damaged`)).code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(
      readdirSync(join(project.folder, `${file}.history`)).filter((name) => name.startsWith("damaged.")),
    ).toHaveLength(1);
  });

  it("does not forget what an interrupted run left open, unless that is allowed", async () => {
    const project = await grown();
    project.write(file, withIntent(project.read(file)));
    const before = project.read(file);
    const line = `ledger restore ${project.serial}`;
    const refused = await project.cairn(line);
    expect([refused.code, refused.stderr]).toEqual([
      4,
      expect.stringMatching(/E_GUARD.*interrupted run left open.*create App\/shop/),
    ]);
    expect(project.read(file)).toBe(before);
    const allowed = await project.cairn(`${line} --allow intents`);
    expect([allowed.code, allowed.stdout]).toEqual([0, expect.stringContaining("open intents: 0 instead of 1\n")]);
  });

  it("does not bring back the ledger that was before the one of now, unless that is allowed", async () => {
    const project = await grown();
    rmSync(join(project.folder, file));
    await applied(project);
    const refused = await project.cairn(`ledger restore ${project.serial}`);
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("neither came from the other")]);
    const { code } = await project.cairn(`ledger restore ${project.serial} --allow lineage`);
    expect([code, ledgerIn(project).lineage]).toEqual([0, JSON.parse(project.first).lineage]);
  });

  it.each([
    ["ledger restore 99", "E_TARGET", "no version of serial 99 is kept"],
    ["ledger restore last", "E_USAGE", 'a serial is a whole number; got "last"'],
    ["ledger restore 99999999999999999999", "E_USAGE", "a serial is a whole number"],
    ["ledger restore", "E_USAGE", "missing required argument 'serial'"],
    ["ledger restore 1 --allow serial", "E_USAGE", "its guards are lineage, intents, damaged"],
    ["plan --allow lineage", "E_USAGE", "ledger push and ledger restore have it"],
  ])("%s is refused with %s", async (line, code, says) => {
    const project = await applied();
    const ran = await project.cairn(line);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`error[${code}]`)]);
    expect(ran.stderr).toContain(says);
  });

  it("names the serials that are kept", async () => {
    const project = await grown();
    expect((await project.cairn("ledger restore 99")).stderr).toContain(
      `kept are ${project.serial}; cairn ledger history tells more`,
    );
    expect((await (await applied()).cairn("ledger restore 99")).stderr).toContain("nothing is kept yet");
  });
});
