import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/cli/world.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import type { Ran } from "./run-cairn.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

/** Runs a line during whose n-th call to an action signals arrive, before the call is sent on. */
function interrupted(project: Shop, line: string, action: string, signals: readonly Signal[]): Promise<Ran> {
  const fetch = createFetch(project.emulator.handle);
  let send: (signal: Signal) => void = () => {};
  return project.cairn(line, {
    onStart: (function_) => {
      send = function_;
    },
    fetch: (url, request) => {
      const { headers } = request;
      const calls = Object.entries(headers).some(([name, value]) => /action/i.test(name) && value === action);
      for (const signal of calls ? signals : []) send(signal);
      return fetch(url, request);
    },
  });
}

describe("a signal", () => {
  it.each<Signal>(["SIGINT", "SIGTERM"])("%s finishes and records what is in flight, and exits 130", async (name) => {
    const project = shop();
    const { code, stderr, stdout } = await interrupted(project, "apply --yes", "CreateDeployConfig", [name]);
    expect(code).toBe(130);
    expect(stderr).toContain(`${name}: finishing what is in flight`);
    expect(stderr).toContain("error[E_INTERRUPTED]");
    expect(stdout).toContain("Interrupted: 2 done");
    expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 0 });
    const { stdout: next } = await project.cairn("plan");
    expect(next).toContain("1 to create");
  });

  it("that comes twice exits at once", async () => {
    const { killed } = await interrupted(shop(), "apply --yes", "CreateApp", ["SIGINT", "SIGINT"]);
    expect(killed).toBe(130);
  });

  it("while planning ends the plan with 130", async () => {
    const { code, stderr } = await interrupted(shop(), "plan", "ListApp", ["SIGINT"]);
    expect(stderr).toContain("error[E_INTERRUPTED]");
    expect(code).toBe(130);
  });

  it("while asking ends the question with 130 and gives the lock back", async () => {
    const project = shop();
    let send: (signal: Signal) => void = () => {};
    const { code } = await project.cairn("apply", {
      onStart: (function_) => {
        send = function_;
      },
      answers: [],
      onQuestion: () => send("SIGINT"),
    });
    expect(code).toBe(130);
    expect((await project.cairn("apply --yes")).code).toBe(0);
  });
});
