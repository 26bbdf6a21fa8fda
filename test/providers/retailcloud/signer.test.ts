import { describe, expect, it } from "vitest";
import { type Signable, sign } from "../../../providers/retailcloud/signer.ts";
import { type Captured, capture } from "./sdk-capture.ts";

const marks = "a b*'()~!-_.+&=/?#%$,;:@[]中文🪨";

type Case = readonly [what: string, action: string, params: Readonly<Record<string, unknown>>, token?: string];

const requests: readonly Case[] = [
  ["a list without parameters", "ListApp", {}],
  ["a list with a query of its own", "ListAppEnvironment", { AppId: 12, PageNumber: 1, PageSize: 100 }],
  ["a GET that deletes", "DeleteAppDetail", { AppId: "9007199254740993", Force: true }],
  ["marks and UTF-8 in the query", "UpdateDeployConfig", { AppId: 1, Id: 2, CodePath: marks }],
  ["an empty value", "UpdateDeployConfig", { AppId: 1, Id: 2, CodePath: "" }],
  [
    "marks and UTF-8 in a form",
    "CreateApp",
    { Title: marks, Description: "描述", UserRoles: [{ RoleName: "Owner", UserId: "1", UserType: "TAOBAO" }] },
  ],
  [
    "query and form together",
    "CreateService",
    { EnvId: 3, Name: "web", PortMappings: [{ Name: "http", Protocol: "TCP", Port: 80, TargetPort: "8080" }] },
  ],
  ["a temporary key", "DescribeAppDetail", { AppId: 5 }, "token+/="],
];

function signable(action: string, { method, query, body, headers }: Captured): Signable {
  const provider = headers["x-acs-credentials-provider"];
  const type = headers["content-type"];
  return {
    method,
    host: headers["host"] ?? "",
    path: "/",
    query,
    body,
    action,
    version: headers["x-acs-version"] ?? "",
    ...(type === undefined ? {} : { contentType: type }),
    headers: provider === undefined ? {} : { "x-acs-credentials-provider": provider },
  };
}

describe("sign()", () => {
  it.each(requests.map(([what, ...rest]) => ({ what, rest })))(
    "gives the headers of the vendor's SDK for $what",
    async ({ rest: [action, params, token] }) => {
      const key = { id: "id", secret: "secret", ...(token === undefined ? {} : { token }) };
      const captured = await capture(action, params, key);
      const date = new Date(captured.headers["x-acs-date"] ?? "");
      const nonce = captured.headers["x-acs-signature-nonce"] ?? "";
      const credentials = { accessKeyId: "id", accessKeySecret: "secret", securityToken: token };
      const signed = sign(signable(action, captured), credentials, date, nonce);
      const theirs = Object.entries(captured.headers).filter(([name]) => /^(x-acs-|authorization|host)/.test(name));
      expect(theirs.length).toBeGreaterThan(6);
      expect(signed).toMatchObject(Object.fromEntries(theirs));
    },
  );

  it("depends on nothing but what it is given", () => {
    const request = {
      method: "GET",
      host: "h",
      path: "/",
      query: [
        ["b", "2"],
        ["a", "1"],
      ],
      action: "A",
      version: "1",
    } as const;
    const key = { accessKeyId: "id", accessKeySecret: "secret" };
    const once = sign(request, key, new Date(0), "n");
    expect(sign({ ...request, query: [...request.query].reverse() }, key, new Date(0), "n")).toEqual(once);
    expect(once["x-acs-date"]).toBe("1970-01-01T00:00:00Z");
    expect(sign(request, key, new Date(0), "m")["authorization"]).not.toBe(once["authorization"]);
  });
});
