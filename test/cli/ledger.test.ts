import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFetch } from "../../src/emulator/fetch.ts";
import { applied, objectsIn, shop } from "./shop.ts";

describe("ledger", () => {
  it("list shows what is owned", async () => {
    const project = await applied();
    const { stdout } = await project.cairn("ledger list");
    expect(stdout).toMatch(/^ADDRESS.*\nApp\/web +1001 +created/);
    expect(stdout).toContain("shop owns 3 resources");
  });

  it("show shows one entry, and suggests the closest for a misspelt one", async () => {
    const project = await applied();
    expect((await project.cairn("ledger show App/web")).stdout).toMatch(/^App\/web\n {2}id +1001/);
    expect(JSON.parse((await project.cairn("ledger show App/web --format json")).stdout)).toMatchObject({ id: "1001" });
    const wrong = await project.cairn("ledger show App/wbe");
    expect(wrong.stderr).toMatch(/error\[E_TARGET\]: App\/wbe is not owned\n {2}help: did you mean App\/web\?/);
    expect(wrong.code).toBe(1);
    expect((await project.cairn("ledger show Service/else")).stderr).toContain("cairn ledger list shows what is");
  });

  it("forget gives up ownership and leaves the object", async () => {
    const project = await applied();
    const before = objectsIn(project.emulator);
    const { stdout, code } = await project.cairn("ledger forget Environment/web/prod");
    expect(stdout).toBe("Environment/web/prod (id 1003) is no longer owned; the object itself was not touched\n");
    expect(code).toBe(0);
    expect(objectsIn(project.emulator)).toEqual(before);
    expect((await project.cairn("plan")).stdout).toContain("1 to adopt");
    expect((await project.cairn("ledger forget Environment/web/prod")).code).toBe(1);
  });

  it("needs a ledger", async () => {
    for (const line of ["list", "show App/web", "forget App/web"]) {
      const { stderr, code } = await shop().cairn(`ledger ${line}`);
      expect(stderr).toMatch(/error\[E_NO_LEDGER\]: there is no ledger at .*ledger\.json/);
      expect(code).toBe(1);
    }
  });

  it("unlock removes a lock that another machine left, and tells whose it was", async () => {
    const project = await applied();
    expect((await project.cairn("ledger unlock")).stdout).toBe("there was no lock\n");
    const holder = {
      token: "8b0f3f0e-6a52-4a5e-9f0e-0d6d5c6f0b11",
      pid: 4711,
      host: "elsewhere",
      boot: "other",
      namespace: "other",
      started: "1",
      user: "deploy",
      command: "cairn apply",
      since: "2026-11-21T00:00:00.000Z",
    };
    project.write(".cairn/ledger.json.lock", JSON.stringify(holder));
    const locked = await project.cairn("apply --yes");
    expect(locked.stderr).toMatch(/error\[E_LOCKED\].*deploy.*elsewhere|error\[E_LOCKED\].*elsewhere.*deploy/s);
    expect(locked.code).toBe(4);
    expect((await project.cairn("apply --yes --lock-timeout 100ms")).code).toBe(4);
    const { stdout, code } = await project.cairn("ledger unlock");
    expect(stdout).toBe(
      'removed the lock of process 4711 on elsewhere (deploy, "cairn apply", since 2026-11-21T00:00:00.000Z)\n',
    );
    expect(code).toBe(0);
    expect((await project.cairn("apply --yes")).code).toBe(0);
    project.write(".cairn/ledger.json.lock", "{");
    expect((await project.cairn("ledger unlock")).stdout).toBe("removed a lock that could not be read\n");
  });

  it("lost: nothing is lost with it, all is adopted", async () => {
    const project = await applied();
    project.write(".cairn/ledger.json", "");
    const broken = await project.cairn("plan");
    expect(broken.stderr).toContain("error[E_LEDGER]");
    expect(broken.code).toBe(1);
    project.edit("cairn.yaml", "pace:", "ledger: { path: state/other.json }\npace:");
    const { stdout } = await project.cairn("apply --yes");
    expect(stdout).toContain("3 to adopt");
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1 });
  });

  it("of another kind of backend is refused with its name", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "ledger: { backend: floppy }\npace:");
    const { stderr, code } = await project.cairn("plan");
    expect(stderr).toMatch(/error\[E_CONFIG\].*floppy/);
    expect(code).toBe(1);
  });

  it("that cannot be written ends the run before any call", async () => {
    const project = shop();
    project.edit("cairn.yaml", "pace:", "ledger: { path: cairn.yaml/ledger.json }\npace:");
    const { stderr, code } = await project.cairn("apply --yes");
    expect(stderr).toContain("error[E_LEDGER]");
    expect(code).toBe(1);
    expect(objectsIn(project.emulator)).toMatchObject({ App: 0 });
  });

  it("that cannot be written after a call is printed instead, exit 3", async () => {
    const project = shop();
    const fetch = createFetch(project.emulator.handle);
    const { stderr, code } = await project.cairn("apply --yes", {
      fetch: (url, request) => {
        if (Object.values(request.headers).includes("CreateApp")) {
          rmSync(join(project.folder, ".cairn"), { recursive: true, force: true });
          writeFileSync(join(project.folder, ".cairn"), "");
        }
        return fetch(url, request);
      },
    });
    expect(stderr).toMatch(/the ledger could not be written; this is what it has to hold:\n\{[\s\S]*"App\/web"/);
    expect(stderr).toContain("error[E_LEDGER]");
    expect(code).toBe(3);
  });
});
