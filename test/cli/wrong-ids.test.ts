import { describe, expect, it } from "vitest";
import type { Fetch } from "../../src/core/provider.ts";
import { createFetch } from "../../src/emulator/fetch.ts";
import { objectsIn, type Shop, shop } from "./shop.ts";

type Row = Record<string, unknown>;

/** A server that tells something else about one action: its answers go through `change` first. */
function lying({ emulator }: Shop, action: string, change: (answer: Row) => void): Fetch {
  const fetch = createFetch(emulator.handle);
  return async (url, request) => {
    const answer = await fetch(url, request);
    if (!Object.values(request.headers).includes(action)) return answer;
    const body = JSON.parse(await answer.text());
    change(body);
    return new Response(JSON.stringify(body), { status: answer.status });
  };
}

/** A shop beside another one, of an app, a deploy config and an environment, which nobody owns. */
async function besideTheirs(): Promise<Shop & { readonly theirs: () => unknown }> {
  const project = shop();
  const own = project.read("manifests/web.yaml");
  project.write("manifests/web.yaml", own.replaceAll(/\bweb\b/g, "theirs"));
  expect((await project.cairn("apply --yes")).code).toBe(0);
  for (const address of ["Environment/theirs/prod", "DeployConfig/theirs/online", "App/theirs"])
    expect((await project.cairn(`ledger forget ${address}`)).code).toBe(0);
  project.write("manifests/web.yaml", own);
  const before = JSON.stringify(rowsOf(project));
  project.emulator.clearCalls();
  return { ...project, theirs: () => expect(JSON.stringify(rowsOf(project).filter(isTheirs))).toBe(before) };
}

function rowsOf({ emulator }: Shop): readonly Row[] {
  const { App = [], DeployConfig = [], Environment = [] } = emulator.state()["retailcloud"] as Record<string, Row[]>;
  return [...App, ...DeployConfig, ...Environment];
}

const isTheirs = (row: Row): boolean => JSON.stringify(row).match(/theirs|"(1001|1002|1003)"/) !== null;

const idOf = (project: Shop, address: string): string =>
  JSON.parse(project.read(".cairn/ledger.json")).entries[address]?.id;

const changing = ({ emulator }: Shop): readonly string[] =>
  emulator.calls().flatMap(({ action }) => (/^(List|Describe)/.test(action) ? [] : [action]));

const result = (answer: Row): Row => answer["Result"] as Row;
const rows = (answer: Row): Row[] => answer["Data"] as Row[];

/** Applies behind a lying server, and expects that all is well afterwards, theirs included, until the end of ours. */
async function endsWell(action: string, change: (answer: Row) => void): Promise<void> {
  const project = await besideTheirs();
  const applied = await project.cairn("apply --yes", { fetch: lying(project, action, change) });
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
  await isOurs(project);
}

/** Expects that one of each is ours, and that destroy takes these and nothing else. */
async function isOurs(project: Awaited<ReturnType<typeof besideTheirs>>): Promise<void> {
  project.theirs();
  expect(objectsIn(project.emulator)).toMatchObject({ App: 2, DeployConfig: 2, Environment: 2 });
  expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  expect((await project.cairn("destroy --yes")).code).toBe(0);
  project.theirs();
  expect(objectsIn(project.emulator)).toMatchObject({ App: 1, DeployConfig: 1, Environment: 1 });
}

describe("a create that is answered with", () => {
  it.each([
    ["the id of somebody else's object that the plan has seen", "1001"],
    ["no id", ""],
    ["a control character for an id", "1\u0007"],
    ["a text of 2,000 characters for an id", "1".repeat(2000)],
  ])("%s is looked up by its name, and nothing else is recorded", async (_, id) => {
    await endsWell("CreateApp", (answer) => {
      result(answer)["AppId"] = id;
    });
  });

  it("the id of somebody else's object in a scope that the plan has not seen is recorded under its own", async () => {
    await endsWell("CreateEnvironment", (answer) => {
      result(answer)["AppEnvId"] = "1003";
    });
  });

  it("an id of no object fails what needs it; the app is recorded under its own id, and the next run goes on", async () => {
    const project = await besideTheirs();
    const fetch = lying(project, "CreateApp", (answer) => {
      result(answer)["AppId"] = "99999";
    });
    const applied = await project.cairn("apply --yes", { fetch });
    expect([applied.code, applied.stderr]).toEqual([3, expect.stringContaining("app 99999 does not exist")]);
    expect(idOf(project, "App/web")).toBe("1004");
    expect((await project.cairn("apply --yes")).code).toBe(0);
    await isOurs(project);
  });

  it("the id of what the same run has made before is looked up by its name", async () => {
    const project = shop();
    const app = project.read("manifests/web.yaml").split("---")[0] ?? "";
    project.write("manifests/web.yaml", `${app}---\n${app.replace("name: web", "name: shop")}`);
    const fetch = lying(project, "CreateApp", (answer) => {
      result(answer)["AppId"] = "1001";
    });
    const applied = await project.cairn("apply --yes --parallelism 1", { fetch });
    expect([applied.code, applied.stderr]).toEqual([0, expect.not.stringContaining("error[")]);
    expect([idOf(project, "App/shop"), idOf(project, "App/web")].sort()).toEqual(["1001", "1002"]);
    expect((await project.cairn("plan --detailed-exitcode")).code).toBe(0);
  });
});

describe("an answer about another object than was asked for", () => {
  const lies: readonly (readonly [string, string, (answer: Row) => void, RegExp])[] = [
    [
      "a list with an object of another scope",
      "ListAppEnvironment",
      (answer) => {
        for (const row of rows(answer)) row["AppId"] = "1001";
      },
      /asked for Environments of app 1004, the cloud showed id 1006, which is of app 1001/,
    ],
    [
      "a read of another app",
      "DescribeAppDetail",
      (answer) => {
        result(answer)["AppId"] = "1001";
      },
      /asked for the App with id 1004, the cloud answered one with id 1001/,
    ],
    [
      "a list that shows one id twice",
      "ListApp",
      (answer) => {
        for (const row of rows(answer)) row["AppId"] = "1001";
      },
      /gave only a part of its list/,
    ],
    [
      "a list with an id that can be none",
      "ListApp",
      (answer) => {
        for (const row of rows(answer)) row["AppId"] = `1\u202e${String(row["AppId"])}`;
      },
      /the cloud answered .* as an id of its Apps/,
    ],
  ];

  it.each(lies)("%s is an error: nothing is changed, deleted or recorded", async (_, action, change, says) => {
    const project = await besideTheirs();
    expect((await project.cairn("apply --yes")).code).toBe(0);
    const ledger = project.read(".cairn/ledger.json");
    project.edit("manifests/web.yaml", "replicas: 2", "replicas: 3");
    project.emulator.clearCalls();
    // Destroy has no need to read what lists show.
    const destroying = action.startsWith("List") ? ["destroy --yes"] : [];
    for (const line of ["plan", "apply --yes", "drift", ...destroying]) {
      const { code, stderr, stdout } = await project.cairn(line, { fetch: lying(project, action, change) });
      expect([line, code]).toEqual([line, 1]);
      expect(`${stderr}${stdout}`).toMatch(says);
      expect(`${stderr}${stdout}`).toContain("help: ");
    }
    expect(changing(project)).toEqual([]);
    expect(project.read(".cairn/ledger.json")).toBe(ledger);
  });

  it("an owned id that is another object by now is neither deleted nor destroyed", async () => {
    const project = await besideTheirs();
    expect((await project.cairn("apply --yes")).code).toBe(0);
    project.emulator.clearCalls();
    const fetch = lying(project, "ListApp", (answer) => {
      for (const row of rows(answer)) if (String(row["AppId"]) === "1004") row["Title"] = "somebody-elses";
    });
    const { code, stderr, stdout } = await project.cairn("destroy --yes", { fetch });
    expect(`${stderr}${stdout}`).toContain(
      "id 1004 is now somebody-elses, but web is what is owned; it is not deleted",
    );
    expect([code, changing(project)]).toEqual([1, []]);
  });

  it("what is renamed after the plan was made is not deleted, and goes on being owned", async () => {
    const project = await besideTheirs();
    expect((await project.cairn("apply --yes")).code).toBe(0);
    project.emulator.clearCalls();
    const fetch = lying(project, "DescribeAppDetail", (answer) => {
      const isBegun = changing(project).length > 0;
      if (isBegun) result(answer)["Title"] = "somebody-elses";
    });
    const { code, stderr } = await project.cairn("destroy --yes", { fetch });
    expect(stderr).toContain("id 1004 was recorded as web and is somebody-elses in the cloud now");
    expect([code, changing(project)]).toEqual([3, ["DeleteAppEnvironment", "DeleteDeployConfig"]]);
    expect(idOf(project, "App/web")).toBe("1004");
  });
});
