import { describe, expect, it } from "vitest";
import { example, shop } from "./shop.ts";

const secret = "S3cret-of-the-account!";

function paramsOf({ emulator }: ReturnType<typeof shop>, action: string): Readonly<Record<string, unknown>> {
  return emulator.calls().findLast((call) => call.action === action)?.params ?? {};
}

describe("cairn api", () => {
  it("makes a call that only looks, and shows the cloud's answer as JSON", async () => {
    const one = shop();
    await one.cairn("apply --yes");
    const ran = await one.cairn("api ListApp --param PageNumber=1 --param PageSize=20");
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ TotalCount: 1, Data: [{ Title: "web" }] });
    expect(JSON.parse((await one.cairn("api ListApp --format json")).stdout)).toMatchObject({ TotalCount: 1 });
  });

  it("needs neither manifests that are right nor a ledger", async () => {
    const one = shop();
    one.write("manifests/web.yaml", "kind: [");
    expect((await one.cairn("api ListApp")).code).toBe(0);
  });

  it("sends lists of records as they are named on the wire, and a body of JSON", async () => {
    const one = shop();
    const words = [
      "BizCode=JST",
      "Language=Java",
      "OperatingSystem=Linux",
      "ServiceType=GeneralApplication",
      "Title=a b",
    ];
    const roles = ["RoleName=Owner", "UserId=9007199254740993", "UserType=TAOBAO"].map((word) => `UserRoles.1.${word}`);
    const argv = [...words, ...roles].flatMap((word) => ["--param", word]);
    const ran = await one.run(["api", "CreateApp", "--yes", ...argv]);
    expect(ran.stderr).toBe("");
    expect(ran.code).toBe(0);
    expect(paramsOf(one, "CreateApp")).toMatchObject({ Title: "a b", "UserRoles.1.UserId": "9007199254740993" });
    one.write("body.json", '{"UserRoles":[{"RoleName":"Dev","UserId":"2","UserType":"TAOBAO"}]}');
    const id = (JSON.parse(ran.stdout) as { Result: { AppId: number } }).Result.AppId;
    expect((await one.cairn(`api UpdateApp --yes --param AppId=${id} --body body.json`)).code).toBe(0);
    expect(paramsOf(one, "UpdateApp")).toMatchObject({ AppId: String(id), "UserRoles.1.RoleName": "Dev" });
  });

  it("keeps secrets out of the process list, and out of every output", async () => {
    const one = shop();
    one.write("password.txt", secret);
    const call = "api CreateAccount --yes --param AccountName=web --param DbInstanceId=rm-1 --param AccountPassword=";
    const fromFile = await one.cairn(`${call}@password.txt`);
    const fromVariable = await one.cairn(`${call}$PW`.replace("=web", "=web2"), {
      env: { KEY: "cairn", SECRET: "cairn-secret", PW: secret },
    });
    expect([fromFile.code, fromVariable.code]).toEqual([0, 0]);
    const literal = await one.cairn(`${call}${secret}`.replace("=web", "=web3"));
    expect(literal.stderr).toContain(
      "warning[E_SECRET]: --param AccountPassword: every user of this machine can read it",
    );
    expect(JSON.stringify([fromFile, fromVariable, literal, one.emulator.calls()])).not.toContain(secret);
  });

  it("masks what looks secret in answers: passwords of clusters, and the Kubernetes objects in texts", async () => {
    const cloud = example("storefront", { speed: 1000 });
    expect((await cloud.cairn("apply --yes --stack dev")).code).toBe(0);
    const [config] = JSON.parse((await cloud.cairn("api ListApp --stack dev")).stdout).Data as {
      AppId: number;
      Title: string;
    }[];
    const { stdout } = await cloud.cairn(`api ListDeployConfig --stack dev --param AppId=${config?.AppId}`);
    expect(stdout).toContain("(secret)");
    expect(stdout).not.toContain("Aa1-");
  });

  it("leaves nothing of a secret in the cloud's own words", async () => {
    const one = shop();
    const fetch = async () => ({
      status: 200,
      headers: { get: () => null },
      text: async () => JSON.stringify({ Code: 1, ErrMsg: `password ${secret} is too simple`, RequestId: "r-1" }),
    });
    const ran = await one.cairn(
      "api CreateAccount --yes --param AccountName=a --param DbInstanceId=r --param AccountPassword=$PW",
      {
        fetch,
        env: { KEY: "cairn", SECRET: "cairn-secret", PW: secret },
      },
    );
    expect(ran.stderr).toContain("password (secret) is too simple (request id r-1)");
    expect(ran.code).toBe(3);
  });

  it("refuses unknown actions and parameters with a suggestion, and names all that lack at once, before any call", async () => {
    const one = shop();
    const action = await one.cairn("api ListAps");
    expect(action.stderr).toContain(
      'error[E_USAGE]: retailcloud has no call "ListAps"\n  help: did you mean "ListApp"?',
    );
    const params = await one.cairn("api CreateEnvironment --param AppID=1 --param EnvType=online --param Replicas=2");
    expect(params.stderr).toContain('CreateEnvironment has no parameter "AppID"\n  help: did you mean "AppId"?');
    expect(params.stderr).toContain('CreateEnvironment: EnvType must be a whole number; got "online"');
    expect(params.stderr).toContain("CreateEnvironment needs AppId, AppSchemaId, EnvName and Region");
    expect([action.code, params.code]).toEqual([1, 1]);
    expect(one.emulator.calls()).toEqual([]);
  });

  it("asks before it changes anything, unless told not to", async () => {
    const one = shop();
    const mute = await one.cairn("api DeleteAppDetail --param AppId=1");
    expect(mute.stderr).toContain("api DeleteAppDetail asks before it changes anything");
    const no = await one.cairn("api DeleteAppDetail --param AppId=1", { answers: ["no"] });
    expect(no.stderr).toContain("Send DeleteAppDetail to 127.0.0.1:8087?");
    expect([mute.code, no.code, one.emulator.calls().length]).toEqual([1, 1, 0]);
    const yes = await one.cairn("api DeleteAppDetail --param AppId=1", { answers: ["yes"] });
    expect(yes.code).toBe(3);
    expect(yes.stderr).toMatch(/error\[E_CLOUD\].*DeleteAppDetail[\s\S]*request id/);
  });

  it.each([
    ["--param X", "write NAME=VALUE"],
    ["--param AppId=@no.txt", "--param AppId: ENOENT"],
    ["--param AppId=$NOT_SET", "--param AppId: the environment has no NOT_SET"],
    ["--param A=1 --param A.B=2", "--param A.B: it is a value and a record at once"],
    ["--param A.B=1 --param A=2", "--param A: it is a value and a record at once"],
    ["--body no.json", "--body no.json: ENOENT"],
    ["--body manifests/web.yaml", "--body manifests/web.yaml: it is not JSON"],
    ["--body list.json", "--body list.json: it must be a JSON object"],
    ["--body app.json --param AppId=1", "AppId is given by --param and by --body"],
    ["--provider brand-x", "no provider is configured as brand-x"],
  ])("refuses %s", async (words, message) => {
    const one = shop();
    one.write("list.json", "[]");
    one.write("app.json", '{"AppId":1}');
    const ran = await one.cairn(`api DescribeAppDetail ${words}`);
    expect(ran.stderr).toContain(message);
    expect(ran.code).toBe(1);
    expect(one.emulator.calls()).toEqual([]);
  });

  it("writes a doubled sign as the sign itself", async () => {
    const one = shop();
    await one.cairn(
      "api CreateNodeLabel --yes --param ClusterId=@@c --param LabelKey=label.jst.com/a --param LabelValue=$$v",
    );
    expect(paramsOf(one, "CreateNodeLabel")).toMatchObject({ ClusterId: "@c", LabelValue: "$v" });
  });

  it("makes calls of Huawei Cloud: path, query and body", async () => {
    const edge = example("edge");
    const made = await edge.cairn(
      [
        "api CreateInstanceV2 --stack staging --yes --param instance_name=gate --param spec_id=BASIC --param vpc_id=v --param subnet_id=s",
        "--param security_group_id=g --param available_zone_ids=az1 --param ipv6_enable=false --provider huaweicloud",
      ].join(" "),
    );
    expect(made.code).toBe(0);
    const { instance_id: id } = JSON.parse(made.stdout) as { instance_id: string };
    const shown = await edge.cairn(`api ShowDetailsOfInstanceV2 --stack staging --param instance_id=${id}`);
    expect(JSON.parse(shown.stdout)).toMatchObject({ instance_name: "gate", spec: "BASIC" });
    const listed = await edge.cairn("api ListInstancesV2 --stack staging --param limit=1 --param offset=0");
    expect(JSON.parse(listed.stdout)).toMatchObject({ total: 1 });
    const lacking = await edge.cairn("api ShowDetailsOfInstanceV2 --stack staging");
    expect(lacking.stderr).toContain("ShowDetailsOfInstanceV2 needs instance_id");
  });
});
