import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksSecret, masked, maskLines, maskLog, maskUrls, withoutSecretLooking } from "../../src/core/mask.ts";
import { sealedValue } from "../../src/core/sealed-value.ts";
import type { Fields } from "../../src/core/values.ts";

test.each([
  ["password", true],
  ["DB_PASSWD", true],
  ["dbPwd", true],
  ["api-token", true],
  ["clientSecret", true],
  ["credentials.json", true],
  ["accessKey", true],
  ["KEY", true],
  ["keyboard", false],
  ["user", false],
  ["", false],
])("looksSecret(%j) is %s", (key, expected) => {
  expect(looksSecret(key)).toBe(expected);
});

test.each([
  ["https://a.test/x?Expires=1&Signature=abc%2F&x=1", "https://a.test/x?Expires=1&Signature=(secret)&x=1"],
  [
    "https://a.test/?OSSAccessKeyId=LT&security-token=abc",
    "https://a.test/?OSSAccessKeyId=(secret)&security-token=(secret)",
  ],
  ["'https://a.test/?token=abc'", "'https://a.test/?token=(secret)'"],
  [
    "https://a.test/?X-Amz-Credential=a/b&X-Amz-Signature=c d",
    "https://a.test/?X-Amz-Credential=(secret)&X-Amz-Signature=(secret) d",
  ],
  ["https://a.test/?tokens=1&signed=yes", "https://a.test/?tokens=1&signed=yes"],
  ["password: x", "password: x"],
])("maskUrls() of %j", (text, expected) => {
  expect(maskUrls(text)).toBe(expected);
});

describe("maskLines()", () => {
  test.each([
    ["a property", "user=a\ndb.password=b c\nport=1", "user=a\ndb.password=(secret)\nport=1"],
    ["a property over several lines", "password=ab\\\n  cd\\\n  ef\nport=1", "password=(secret)\nport=1"],
    ["lines that end as on Windows", "password=ab\r\nport=1\r\n", "password=(secret)\r\nport=1\r\n"],
    ["a line of YAML", "db:\n  user: a\n  password: b\n", "db:\n  user: a\n  password: (secret)\n"],
    ["a list of YAML", "- token: a\n- name: b", "- token: (secret)\n- name: b"],
    [
      "a block of YAML",
      "a:\n  private_key: |-\n    one\n\n    two\n  port: 1\n",
      "a:\n  private_key: (secret)\n  port: 1\n",
    ],
    ["a block at the end", "token: >\n  one\n  two", "token: (secret)"],
    ["a record of YAML by its members alone", "secret:\n  name: a\n  value: b", "secret:\n  name: a\n  value: b"],
    ["a shell's variable", "export API_TOKEN=abc\nPORT=1", "export API_TOKEN=(secret)\nPORT=1"],
    ["an argument", "--password=abc", "--password=(secret)"],
    ["a plural", "credentials = a:b", "credentials = (secret)"],
    ["a bar that opens no block", "password: |x", "password: (secret)"],
    [
      "members of JSON",
      '{"user": "a", "password": "b\\"c", "apiKey": 12}',
      '{"user": "a", "password": "(secret)", "apiKey": "(secret)"}',
    ],
    ["members in single quotes", "{'token': 'abc', 'x': 1}", "{'token': \"(secret)\", 'x': 1}"],
    ["a URL among lines", "url: https://a.test/?token=abc", "url: https://a.test/?token=(secret)"],
    ["nothing without a value", "password:\nport: 1", "password:\nport: 1"],
    ["nothing else", "hello: world\nsee the password below", "hello: world\nsee the password below"],
  ])("masks %s", (_, text, expected) => {
    expect(maskLines(text)).toBe(expected);
  });

  test("masks no more the second time, and is quick with long lines", () => {
    const lines = fc.stringMatching(/^(password: ?|a=|"token": "|- |\n|\\\n| |\|x?|key){0,8}$/);
    fc.assert(fc.property(lines, (text) => maskLines(maskLines(text)) === maskLines(text)));
    const long = [`${"a".repeat(200_000)}`, `"${"b".repeat(200_000)}`, " ".repeat(200_000), "\n".repeat(20_000)];
    expect(maskLines(long.join("\n"))).toBe(long.join("\n"));
  });
});

const env = [
  { name: "DB_PASSWORD", value: "x" },
  { name: "PORT", value: "80" },
  { name: "API_KEY", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
];

describe("masked()", () => {
  test.each<[string, Fields, Fields]>([
    [
      "ConfigMaps, also where a key is called key",
      { kind: "ConfigMap", data: { key: "x", "a.token": "y", port: "80", file: "password: z" } },
      { kind: "ConfigMap", data: { key: "(secret)", "a.token": "(secret)", port: "80", file: "password: (secret)" } },
    ],
    ["a ConfigMap without a record of data", { kind: "ConfigMap", data: "x" }, { kind: "ConfigMap", data: "x" }],
    [
      "environment lists by their names",
      { env },
      { env: [{ name: "DB_PASSWORD", value: "(secret)" }, env[1] ?? {}, env[2] ?? {}] },
    ],
    [
      "keys of the user's, not Kubernetes' own",
      { secretName: "a", topologyKey: "b", key: "c", automountServiceAccountToken: false, password: "d" },
      { secretName: "a", topologyKey: "b", key: "c", automountServiceAccountToken: false, password: "(secret)" },
    ],
    [
      "below a key that sounds secret",
      { secret: { name: "a", token: 1 }, keys: [1] },
      { secret: { name: "a", token: "(secret)" }, keys: [1] },
    ],
    ["texts in lists", { args: ["--token=a", "b", 1, null] }, { args: ["--token=(secret)", "b", 1, null] }],
    ["what is called by a number", { list: [{ name: 1, value: "a" }] }, { list: [{ name: 1, value: "a" }] }],
  ])("masks %s", (_, value, expected) => {
    expect(masked(value)).toEqual(expected);
  });

  test("keeps keys that objects inherit as plain keys", () => {
    const value = JSON.parse('{"__proto__": {"password": "x"}, "constructor": "a"}');
    expect(JSON.stringify(masked(value))).toBe('{"__proto__":{"password":"(secret)"},"constructor":"a"}');
  });
});

describe("withoutSecretLooking()", () => {
  const value = { kind: "ConfigMap", data: { key: "x", port: "80" }, env, password: "y" };

  test("leaves out what masked() masks", () => {
    expect(withoutSecretLooking(value, undefined)).toEqual({
      kind: "ConfigMap",
      data: { port: "80" },
      env: [{ name: "DB_PASSWORD" }, env[1], env[2]],
    });
  });

  test("puts what it is given there instead, once; and masked() masks that", () => {
    const instead = sealedValue("");
    const kept = withoutSecretLooking(value, instead);
    expect(kept).toEqual({
      kind: "ConfigMap",
      data: { key: instead, port: "80" },
      env: [{ name: "DB_PASSWORD", value: instead }, env[1], env[2]],
      password: instead,
    });
    expect(withoutSecretLooking(kept, instead)).toEqual(kept);
    expect(masked(kept)).toEqual(masked(value));
  });
});

describe("maskLog()", () => {
  test.each([
    ["12:00:01 INFO db.password=abc and more", "12:00:01 INFO db.password=(secret) and more"],
    ['connect {"user": "a", "api_key": "x y"}', 'connect {"user": "a", "api_key": (secret)}'],
    ["> Authorization: Bearer abc.def.ghi", "> Authorization: Bearer (secret)"],
    ["jdbc:mysql://shop:pa55@db:3306/x?token=y", "jdbc:mysql://shop:(secret)@db:3306/x?token=(secret)"],
    ["DB_PASSWORD=abc", "DB_PASSWORD=(secret)"],
    ["starting web at 10.0.0.1:8080", "starting web at 10.0.0.1:8080"],
  ])("%s", (text, expected) => {
    expect(maskLog(text)).toBe(expected);
  });
});
