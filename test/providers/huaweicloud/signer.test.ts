import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encodePath, encodeQuery, type Pairs, sign } from "../../../providers/huaweicloud/signer.ts";

type Vector = {
  readonly name: string;
  readonly ak: string;
  readonly sk: string;
  readonly date: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signature: string;
  readonly signedHeaders: string;
};

/** Signatures that the vendor's SDK made; the first is also in print in its signing guide. */
const vectors = JSON.parse(readFileSync("test/emulator/huaweicloud/signature-vectors.json", "utf8")) as Vector[];

function pairsOf(query: Vector["query"]): Pairs {
  return Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)] as const));
}

function dateOf(stamp: string): Date {
  return new Date(stamp.replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z"));
}

const request = { method: "GET", host: "cce.example", path: "/api/v3/addons", query: [], headers: {} } as const;
const key = { accessKey: "ak", secretKey: "sk" };
const date = new Date(Date.UTC(2026, 10, 21, 3, 4, 5, 678));

describe("sign()", () => {
  it.each(vectors)("signs like the vendor's SDK: $name", (vector) => {
    const { method, host, path, headers, body } = vector;
    const { "X-Security-Token": token, ...own } = headers;
    const whole = { method, host, path, query: pairsOf(vector.query), headers: own, ...(body === "" ? {} : { body }) };
    const credentials = { accessKey: vector.ak, secretKey: vector.sk };
    const signed = sign(
      whole,
      token === undefined ? credentials : { ...credentials, securityToken: token },
      dateOf(vector.date),
    );
    expect(signed["authorization"]).toBe(
      `SDK-HMAC-SHA256 Access=${vector.ak}, SignedHeaders=${vector.signedHeaders}, Signature=${vector.signature}`,
    );
    expect(signed).toMatchObject({ host, "x-sdk-date": vector.date });
  });

  it("knows every vector", () => {
    expect(vectors).toHaveLength(11);
  });

  it("dates to the second, and is the same for the same request and date alone", () => {
    const once = sign(request, key, date);
    expect(once["x-sdk-date"]).toBe("20261121T030405Z");
    expect(sign(request, key, date)).toEqual(once);
    expect(sign(request, key, new Date(date.getTime() + 1000))["authorization"]).not.toBe(once["authorization"]);
  });

  it("gives all headers in lower case, without the blanks around their values", () => {
    const signed = sign({ ...request, headers: { "X-Project-Id": " p " } }, { ...key, securityToken: "t" }, date);
    expect(signed).toMatchObject({ "x-project-id": "p", "x-security-token": "t", host: "cce.example" });
    expect(signed["authorization"]).toContain("SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,");
  });

  it("never holds the secret", () => {
    expect(JSON.stringify(sign(request, { ...key, secretKey: "very-secret" }, date))).not.toContain("very-secret");
  });
});

describe("encodePath() and encodeQuery()", () => {
  it("leave nothing but unreserved characters, and the slashes of a path", () => {
    expect(encodePath("/a b/ü*~/")).toBe("/a%20b/%C3%BC%2A~");
    expect(
      encodeQuery([
        ["a b", "c+d/e"],
        ["z", ""],
      ]),
    ).toBe("a%20b=c%2Bd%2Fe&z=");
  });
});
