import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { retailcloudKinds } from "../../providers/retailcloud/provider.ts";
import { retailcloudViews } from "../../providers/retailcloud/views.ts";
import type { EmulatorOptions } from "../../src/emulator/index.ts";
import { formsOf } from "./secret-forms.ts";
import { example } from "./shop.ts";

/** Recognisable, and written differently by everything that escapes or encodes. */
const secrets = {
  NODE_PASSWORD: `N0de "pw" \\4711!/é+x`,
  ORDERS_PASSWORD: `0rders 'pw' \\4712!/é+y`,
  CHANGED_PASSWORD: `Ch4nged "pw" \\4713!/é+z`,
};

const account =
  "--param DbInstanceId=rm-8vb1platform --param AccountName=storefront --param AccountPassword=$NODE_PASSWORD";

/** The calls that carry a secret. */
const carriers = ["CreateCluster", "CreateAccount", "ResetAccountPassword", "CreateDeployConfig", "UpdateDeployConfig"];

/** The platform with these secrets; `leaks` names what of them is found in anything that was told or written so far. */
function watched(options: EmulatorOptions = {}) {
  const cloud = example("platform", { speed: 1000, ...options });
  const own = new Set(filesIn(cloud.folder));
  const told = new Map<string, string>();
  const fetch: typeof cloud.emulator.fetch = (url, init) => {
    // Locks and temporary files live while calls are made.
    for (const file of filesIn(join(cloud.folder, ".cairn")))
      if (/lock|tmp/.test(file)) told.set(`${file} meanwhile`, textOf(file));
    return cloud.emulator.fetch(url, init);
  };
  return {
    ...cloud,
    told,
    cairn: async (line: string, password: keyof typeof secrets = "ORDERS_PASSWORD") => {
      const env = { ...secrets, ORDERS_PASSWORD: secrets[password] };
      const ran = await cloud.cairn(line, { env, fetch });
      told.set(`stdout of ${line}`, `${told.get(`stdout of ${line}`) ?? ""}${ran.stdout}`);
      told.set(`stderr of ${line}`, `${told.get(`stderr of ${line}`) ?? ""}${ran.stderr}`);
      return ran;
    },
    leaks: (): readonly string[] => {
      const files = filesIn(cloud.folder).filter((file) => !own.has(file));
      const all = [...told, ...files.map((file): [string, string] => [file, textOf(file)])];
      const calls: [string, string] = ["/_emulator/calls", JSON.stringify(cloud.emulator.calls(), bigints)];
      return [...all, calls].flatMap(([place, text]) =>
        Object.entries(secrets).flatMap(([name, secret]) =>
          formsOf(secret).some((form) => text.includes(form)) ? [`${name} in ${place}`] : [],
        ),
      );
    },
  };
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
}

/** Empty for a file that has gone meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

describe("no secret of the platform", () => {
  it.each(["sdk", "manual"] as const)("is found in anything that cairn tells or writes (%s)", async (wire) => {
    const cloud = watched({ wire });
    const files = ["json", "markdown", "html", "sarif", "gitlab", "junit", "ndjson"].map(
      (format) => `--format ${format}=out.${format}`,
    );
    for (const line of ["validate", "validate --format json", "plan --log-level debug", `plan ${files.join(" ")}`]) {
      expect([line, (await cloud.cairn(line)).code]).toEqual([line, 0]);
    }
    await cloud.cairn("plan --out saved.json --format json");
    expect((await cloud.cairn("apply saved.json --yes --log-level debug --format ndjson")).code).toBe(0);
    for (const what of [...retailcloudKinds.map(({ kind }) => kind), ...retailcloudViews.map(({ name }) => name)]) {
      await cloud.cairn(`get ${what} --format yaml --format text=${what}.txt`);
    }
    await cloud.cairn("api ListCluster --param PageNum=1");
    await cloud.cairn("api ListDeployConfig --param AppId=1001");
    expect((await cloud.cairn(`api ResetAccountPassword --yes ${account}`)).code).toBe(0);
    for (const line of [
      "drift --unmanaged --format json",
      "ledger list --format json",
      "graph",
      "explain RdsAccount",
    ]) {
      await cloud.cairn(line);
    }
    for (const address of ["Cluster/shops", "RdsAccount/storefront", "DeployConfig/storefront/online"]) {
      expect((await cloud.cairn(`ledger show ${address}`)).code).toBe(0);
    }
    await cloud.cairn("plan --format json", "CHANGED_PASSWORD");
    expect((await cloud.cairn("apply --yes", "CHANGED_PASSWORD")).code).toBe(0);
    expect(JSON.stringify(cloud.emulator.state(), bigints)).toContain(
      JSON.stringify(secrets.CHANGED_PASSWORD).slice(1, -1),
    );
    expect((await cloud.cairn("destroy --yes --format json", "CHANGED_PASSWORD")).code).toBe(0);
    expect([...cloud.told.keys()].filter((place) => place.endsWith("meanwhile"))).not.toEqual([]);
    expect(cloud.leaks()).toEqual([]);
  });

  it.each(["http500", "refused", "drop-response", "malformed", "html"])(
    "is found where the calls that carry them end in %s",
    async (effect) => {
      const cloud = watched();
      const strike = () => {
        cloud.emulator.setFaults({ rules: carriers.map((action) => ({ match: { action, nth: 1 }, effect })) });
      };
      strike();
      await cloud.cairn("apply --yes --log-level debug --format json");
      strike();
      await cloud.cairn(`api CreateAccount --yes --log-level debug ${account}`);
      expect(cloud.emulator.calls().some(({ faulted }) => faulted)).toBe(true);
      expect(cloud.leaks()).toEqual([]);
    },
  );
});

describe("formsOf()", () => {
  it("finds a text inside what was encoded with something around it", () => {
    const [secret] = Object.values(secrets);
    for (const around of ["", "a", "ab", "abc", "data: {"]) {
      const texts = [
        Buffer.from(`${around}${secret}${around}`).toString("base64"),
        Buffer.from(JSON.stringify({ around, secret })).toString("base64"),
        JSON.stringify(JSON.stringify({ [around]: secret })),
        encodeURIComponent(`${around}${secret}`),
        new URLSearchParams({ around: `${around}${secret}` }).toString(),
      ];
      for (const text of texts) expect(formsOf(secret ?? "").some((form) => text.includes(form))).toBe(true);
    }
  });
});
