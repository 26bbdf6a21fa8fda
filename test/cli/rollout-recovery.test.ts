import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Signal } from "../../src/cli/world.ts";
import type { Fetch, FetchRequest } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { rolledOut, rolling } from "./rollouts.ts";

const isLook = ({ headers }: FetchRequest): boolean => headers["x-acs-action"] === "DescribeDeployOrderDetail";

describe("an interrupted rollout", () => {
  it("is picked up again by the next apply, and not deployed twice", async () => {
    const project = rolling({}, { speed: 1 });
    const fetch = createFetch(project.emulator.handle);
    let send: (signal: Signal) => void = () => {};
    let looks = 0;
    const stopped = await project.cairn("apply --yes", {
      onStart: (function_) => {
        send = function_;
      },
      fetch: (url, request) => {
        looks += Number(isLook(request));
        if (looks === 3) send("SIGINT");
        return fetch(url, request);
      },
    });
    expect(stopped.code).toBe(130);
    expect(project.orders()).toMatchObject([{ Name: "v1", Status: 1 }]);
    const planned = await project.cairn("plan --detailed-exitcode");
    expect(planned.stderr).toMatch(/warning\[E_WAITING] .*pending: order \d+ .* is under way/);
    expect(planned.code).toBe(0);
    project.emulator.advance(60_000);
    const { code, stdout } = await project.apply();
    expect(code).toBe(0);
    expect(stdout).toContain("No changes.");
    expect(project.orders()).toMatchObject([{ Name: "v1", Status: 3, Result: 1 }]);
  });

  it("is followed to its end while it is under way", async () => {
    const project = rolling({}, { speed: 1 });
    const fetch = createFetch(project.emulator.handle);
    let looks = 0;
    let send: (signal: Signal) => void = () => {};
    const look =
      (onThird: () => void): Fetch =>
      (url, request) => {
        looks += Number(isLook(request));
        if (isLook(request) && looks % 3 === 0) onThird();
        return fetch(url, request);
      };
    const onStart = (function_: typeof send): void => {
      send = function_;
    };
    expect((await project.cairn("apply --yes", { onStart, fetch: look(() => send("SIGINT")) })).code).toBe(130);
    const followed = await project.cairn("apply --yes", { fetch: look(() => project.emulator.advance(60_000)) });
    expect(followed.stderr).toContain("follow Rollout/web/prod: done");
    expect(followed.code).toBe(0);
    expect(project.releases()).toEqual(["v1"]);
  });
});

describe("a lost answer of DeployApp", () => {
  it.each(["v1", "v2"])("makes one order of %s", async (release) => {
    const project = release === "v1" ? rolling() : await rolledOut();
    project.declare({ release });
    project.emulator.setFaults({ rules: [{ match: { action: "DeployApp", nth: 1 }, effect: "drop-response" }] });
    const { code, stderr } = await project.apply();
    expect(stderr).not.toContain("error[");
    expect(code).toBe(0);
    expect(project.releases().filter((one) => one === release)).toEqual([release]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("that was never done is sent again", async () => {
    const project = await rolledOut();
    project.declare({ release: "v2" });
    project.emulator.setFaults({ rules: [{ match: { action: "DeployApp", nth: 1 }, effect: "reset" }] });
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v2"]);
  });
});

describe("the deploy config", () => {
  it("triggers one order once per change, after it was changed itself", async () => {
    const project = await rolledOut();
    project.edit("manifests/web.yaml", "/srv/app", "/srv/new");
    project.emulator.clearCalls();
    expect((await project.apply()).code).toBe(0);
    const actions = project.emulator
      .calls()
      .flatMap(({ action }) => (/^(Update|DeployApp)/.test(action) ? [action] : []));
    expect(actions).toEqual(["UpdateDeployConfig", "DeployApp"]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await project.apply()).code).toBe(0);
    expect(project.releases()).toEqual(["v1", "v1"]);
  });

  it("triggers nothing where the ledger was lost", async () => {
    const project = await rolledOut();
    rmSync(`${project.folder}/.cairn`, { recursive: true });
    expect((await project.apply()).code).toBe(0);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(project.releases()).toEqual(["v1"]);
  });
});

describe("the number of instances", () => {
  const changes = (project: ReturnType<typeof rolling>): readonly string[] =>
    project.emulator.calls().flatMap(({ action }) => (/^(Update|DeployApp|ScaleApp)/.test(action) ? [action] : []));

  it("alone scales what runs, and deploys nothing", async () => {
    const project = await rolledOut();
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.emulator.clearCalls();
    const { stderr, code } = await project.apply();
    expect(stderr).not.toContain("error[");
    expect(code).toBe(0);
    expect(changes(project)).toEqual(["ScaleApp", "UpdateEnvironment"]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect(project.releases()).toEqual(["v1"]);
  });

  it("with a new release is scaled first, and nothing is changed where that is not admitted", async () => {
    const project = await rolledOut();
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.declare({ release: "v2" });
    const rules = [{ match: { action: "ScaleApp" }, effect: "refused", code: "102000" }];
    project.emulator.setFaults({ rules });
    project.emulator.clearCalls();
    expect((await project.apply()).stderr).toContain("changes are frozen");
    expect(changes(project)).toEqual(["ScaleApp"]);
    project.emulator.setFaults({ rules: [] });
    project.emulator.clearCalls();
    expect((await project.apply()).code).toBe(0);
    expect(changes(project)).toEqual(["ScaleApp", "UpdateEnvironment", "DeployApp"]);
  });

  it("tells why a scaling has failed", async () => {
    const project = await rolledOut();
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.emulator.setFaults({ rules: [{ match: { action: "ScaleApp" }, effect: "fail-pod", reason: "no room" }] });
    const failed = await project.apply();
    expect(failed.code).toBe(3);
    expect(failed.stderr).toContain("Warning BackOff no room");
  });
});
