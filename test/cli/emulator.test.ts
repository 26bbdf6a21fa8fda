import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/cli/world.ts";
import type { Ran } from "./run-cairn.ts";
import { shop } from "./shop.ts";

/** Starts `cairn emulator`, works with it once it is ready, and ends it by a signal. */
async function served(line: string, use: (url: string) => Promise<void>): Promise<Ran> {
  let send: (name: Signal) => void = () => {};
  let isReady: (url: string) => void = () => {};
  const ready = new Promise<string>((resolve) => {
    isReady = resolve;
  });
  const run = shop().cairn(line, {
    onStart: (function_) => {
      send = function_;
    },
    onStdout: (text) => isReady(/^ready (\S+)\n$/.exec(text)?.[1] ?? ""),
  });
  await use(await ready);
  send("SIGTERM");
  return run;
}

describe("emulator", () => {
  it("serves on a free port, tells it, and stops cleanly on SIGTERM", async () => {
    const { code, stderr } = await served("emulator --port 0", async (url) => {
      expect((await fetch(`${url}/_emulator/state`)).status).toBe(200);
    });
    expect(code).toBe(0);
    expect(stderr).toBe("");
  });

  it("refuses a port that is taken", async () => {
    await served("emulator --port 0", async (url) => {
      const { code, stderr } = await shop().cairn(`emulator --port ${new URL(url).port}`);
      expect(stderr).toMatch(/error\[E_USAGE\]: port \d+ is in use/);
      expect(code).toBe(1);
    });
  });

  it("takes keys, wire, speed and a seed", async () => {
    const project = shop();
    await project.cairn("apply --yes");
    const { cairn, write } = project;
    write("seed.json", JSON.stringify(project.emulator.state()));
    write("bad.json", '{"retailcloud": {"Ap": []}}');
    const bad = await cairn("emulator --port 0 --seed bad.json");
    expect(bad.stderr).toMatch(/error\[E_READ\]: cannot start from bad\.json: .*Ap/);
    expect((await cairn("emulator --port 0 --seed none.json")).code).toBe(1);
    const key = await cairn("emulator --port 0 --key secretive");
    expect(key.stderr).toMatch(/error\[E_USAGE\]: option '--key'/);
    expect(key.stderr).not.toContain("secretive");
    const line = `emulator -C ${project.folder} --port 0 --seed seed.json --wire manual --speed 60 --key a:b --key c:d:e@f`;
    await served(line, async (url) => {
      expect(await (await fetch(`${url}/_emulator/state`)).json()).toMatchObject({
        retailcloud: { App: [{ Title: "web" }] },
      });
    });
  });
});
