import { describe, expect, test } from "vitest";
import { type ConfigRequest, loadConfig } from "../../src/manifest/config.ts";
import { filesInMemory, lines, settings } from "./shop.ts";

function read(text: string | undefined, request: Partial<ConfigRequest> = {}) {
  const files = filesInMemory(text === undefined ? {} : { "cairn.yaml": text });
  return loadConfig({ files, env: {}, vars: {}, settings, credentials: true, ...request });
}

function choose(text: string, stack?: string, request: Partial<ConfigRequest> = {}) {
  const { config, diagnostics } = read(text, request);
  const chosen = config?.forStack(stack);
  return { config: chosen?.config, found: lines([...diagnostics, ...(chosen?.diagnostics ?? [])]) };
}

const whole = `project: storefront
manifests: [manifests/**/*.yaml]
vars: { replicas: 2, db: { host: a, port: 1 } }
stacks:
  dev: { vars: { replicas: 1, db: { host: b } }, pace: 10 }
  prod: { manifests: [prod/*.yaml], adopt: never, guards: { forbid: [data-loss] }, providers: { market: { region: south } } }
  bare:
providers:
  market: { region: north, endpoint: "http://\${env.HOST}", port: "\${env.PORT}", keyId: "\${env.ID}", pass: "\${env.PASS}" }
  aliases: { brand-a: { provider: market, region: west } }
ledger: { backend: file, path: "state/\${var.replicas}.json" }
guards: { maxDeletes: 7 }
`;
const env = { HOST: "127.0.0.1:8087", PORT: "80", ID: "id", PASS: "s3cr3t" };

describe("loadConfig()", () => {
  test("reads everything, and fills in what is left out", () => {
    const { config, found } = choose(whole, undefined, { env });
    expect(found).toEqual([]);
    expect(config).toMatchObject({
      project: "storefront",
      manifests: [{ pattern: "manifests/**/*.yaml", place: { file: "cairn.yaml", line: 2, column: 13 } }],
      ledger: { backend: "file", path: "state/2.json" },
      guards: { maxDeletes: 7, maxDeletePercent: 30, maxReplaces: 5, maxVanished: 5, forbid: [] },
      adopt: "auto",
      pace: 1,
    });
    expect([...(config?.providers ?? [])]).toEqual([
      ["mint", { provider: "mint", settings: {}, sources: {} }],
      [
        "market",
        {
          provider: "market",
          settings: { region: "north", endpoint: "http://127.0.0.1:8087", port: 80, keyId: "id", pass: "s3cr3t" },
          sources: { endpoint: "${env.HOST}", port: "${env.PORT}", keyId: "${env.ID}", pass: "${env.PASS}" },
        },
      ],
      ["brand-a", { provider: "market", settings: { region: "west" }, sources: {} }],
    ]);
    expect(choose("project: p").config).toMatchObject({
      manifests: [{ pattern: "manifests/**/*.yaml" }],
      ledger: { backend: "file", path: ".cairn/ledger.json" },
      guards: { maxDeletes: 20, maxDeletePercent: 30, maxReplaces: 5, maxVanished: 5, forbid: [] },
    });
  });

  test("a stack's ledger of another backend replaces the general one, and one of the same merges with it", () => {
    const text = `project: p
ledger: { path: a.json }
stacks: { same: { ledger: { path: b.json } }, file: { ledger: { backend: file } }, other: { ledger: { backend: shelf, key: k } } }
`;
    expect(choose(text, "same").config?.ledger).toEqual({ backend: "file", path: "b.json" });
    expect(choose(text, "file").config?.ledger).toEqual({ backend: "file", path: "a.json" });
    expect(choose(text, "other").config?.ledger).toEqual({ backend: "shelf", key: "k" });
  });

  test("a stack merges maps and replaces lists and scalars", () => {
    const { config: dev } = choose(whole, "dev", { env });
    expect(dev?.stack).toBe("dev");
    expect(dev?.pace).toBe(10);
    expect(dev?.variables.get("db")?.value).toEqual({ host: "b", port: 1 });
    expect(dev?.ledger["path"]).toBe("state/1.json");
    const { config: prod } = choose(whole, "prod", { env });
    expect(prod?.manifests.map((one) => one.pattern)).toEqual(["prod/*.yaml"]);
    expect(prod?.manifests[0]?.place.line).toBe(6);
    expect(prod?.guards).toMatchObject({ maxDeletes: 7, forbid: ["data-loss"] });
    expect(prod?.adopt).toBe("never");
    expect(prod?.providers.get("market")?.settings).toMatchObject({ region: "south", keyId: "id" });
    expect(choose(whole, "bare", { env }).config?.variables.get("replicas")?.value).toBe(2);
    expect(read(whole).config?.stacks).toEqual(["dev", "prod", "bare"]);
    expect(choose(whole, "dev", { env, vars: { replicas: "9" } }).config?.variables.get("replicas")).toEqual({
      value: 9,
      given: true,
    });
  });

  test("an unknown stack names the closest", () => {
    expect(choose(whole, "prd", { env }).found).toEqual([
      'error[E_CONFIG] cairn.yaml: no stack is named "prd"; did you mean "prod"?',
    ]);
    expect(choose(whole, "something", { env }).found).toEqual([
      'error[E_CONFIG] cairn.yaml: no stack is named "something"; known are dev, prod, bare',
    ]);
    expect(choose("project: p", "dev").found).toEqual([
      'error[E_CONFIG] cairn.yaml: no stack is named "dev"; there are no stacks, leave --stack out',
    ]);
  });

  test("environment variables of provider settings need to be set only for calls", () => {
    expect(choose(whole, undefined, { credentials: false }).found).toEqual([]);
    expect(choose(whole).found.map((line) => line.slice(0, 90))).toEqual([
      "error[E_VARIABLE] cairn.yaml:9:38 providers.market.endpoint: environment variable HOST is ",
      "error[E_VARIABLE] cairn.yaml:9:66 providers.market.port: environment variable PORT is not ",
      "error[E_VARIABLE] cairn.yaml:9:88 providers.market.keyId: environment variable ID is not s",
      "error[E_VARIABLE] cairn.yaml:9:107 providers.market.pass: environment variable PASS is not",
    ]);
    const unknown = "project: p\nproviders: { market: { region: '${var.x}' } }";
    expect(choose(unknown, undefined, { credentials: false }).found).toHaveLength(1);
  });

  test("every fault of the file at once, with suggestions", () => {
    const text = [
      "projct: x",
      "manifests: manifests",
      "vars: [a]",
      "stacks: { dev: { project: y, pase: 2 }, -no: {} }",
      "guards: { maxDelete: 5, maxDeletePercent: 130, forbid: [dataloss] }",
      "adopt: sometimes",
      "pace: 0",
      "ledger: { path: 5 }",
      "providers: { market: north }",
    ].join("\n");
    expect(choose(text).found).toEqual([
      "error[E_CONFIG] cairn.yaml:1:1 project: is required; add it",
      'error[E_UNKNOWN_FIELD] cairn.yaml:1:1 projct: unknown field; did you mean "project"?',
      'error[E_CONFIG] cairn.yaml:2:12 manifests: must be a list; got "manifests"',
      "error[E_CONFIG] cairn.yaml:3:7 vars: must be a map; write it as key: value",
      "error[E_UNKNOWN_FIELD] cairn.yaml:4:18 stacks.dev.project: unknown field; remove it",
      'error[E_UNKNOWN_FIELD] cairn.yaml:4:30 stacks.dev.pase: unknown field; did you mean "pace"?',
      "error[E_CONFIG] cairn.yaml:4:41 stacks.-no: is no name that fits here; it must be a name of letters, digits, '.', '_' and '-'",
      'error[E_UNKNOWN_FIELD] cairn.yaml:5:11 guards.maxDelete: unknown field; did you mean "maxDeletes"?',
      "error[E_CONFIG] cairn.yaml:5:43 guards.maxDeletePercent: must be at most 100; got 130",
      'error[E_CONFIG] cairn.yaml:5:57 guards.forbid.0: must be one of restart, replace, data-loss; got "dataloss", did you mean "data-loss"?',
      'error[E_CONFIG] cairn.yaml:6:8 adopt: must be one of auto, never; got "sometimes"',
      "error[E_CONFIG] cairn.yaml:7:7 pace: must be above 0; got 0",
      "error[E_CONFIG] cairn.yaml:8:17 ledger.path: must be text; got 5, quote it",
      "error[E_CONFIG] cairn.yaml:9:22 providers.market: must be a map; write it as key: value",
    ]);
  });

  test("providers: unknown ones, aliases of nothing, taken names, and settings by their schema", () => {
    const text = [
      "project: p",
      "providers:",
      "  markt: {}",
      "  market: { regio: x, endpoint: ftp }",
      "  aliases:",
      "    one: { provider: markte }",
      "    two: { region: x }",
      "    mint: { provider: market, region: x }",
      "    three: 5",
      "    four: { provider: market, region: x, keyId: y }",
    ].join("\n");
    expect(choose(text).found).toEqual([
      'error[E_CONFIG] cairn.yaml:3:3 providers.markt: no provider is named "markt"; did you mean "market"?',
      "error[E_CONFIG] cairn.yaml:4:11 providers.market.region: is required; add it",
      'error[E_UNKNOWN_FIELD] cairn.yaml:4:13 providers.market.regio: unknown field; did you mean "region"?',
      'error[E_CONFIG] cairn.yaml:4:33 providers.market.endpoint: must be a URL; got "ftp"',
      'error[E_CONFIG] cairn.yaml:6:22 providers.aliases.one.provider: no provider is named "markte"; did you mean "market"?',
      "error[E_CONFIG] cairn.yaml:7:10 providers.aliases.two.provider: an alias needs its provider; known are market, mint",
      'error[E_CONFIG] cairn.yaml:8:5 providers.aliases.mint: "mint" is the name of a provider; give the alias another name',
      "error[E_CONFIG] cairn.yaml:9:12 providers.aliases.three.provider: an alias needs its provider; known are market, mint",
      "error[E_CONFIG] cairn.yaml:10:11 providers.aliases.four: keyId and pass go together; give both",
    ]);
  });

  test("a secret in clear is a warning that does not show it", () => {
    const text = [
      "project: p",
      "vars: { pw: hunter2 }",
      "providers: { market: { region: n, keyId: i, pass: hunter2, accessToken: '${var.pw}' } }",
      "ledger: { backend: other, password: hunter2, token: '${env.PASS}', secretCount: 5 }",
    ].join("\n");
    const { found, config } = choose(text, undefined, { env });
    expect(found).toEqual([
      "warning[E_SECRET] cairn.yaml:3:51 providers.market.pass: a secret stands here in clear; write ${env.NAME} and keep the value out of git",
      "warning[E_SECRET] cairn.yaml:3:73 providers.market.accessToken: a secret stands here in clear; write ${env.NAME} and keep the value out of git",
      "warning[E_SECRET] cairn.yaml:4:37 ledger.password: a secret stands here in clear; write ${env.NAME} and keep the value out of git",
    ]);
    expect(config?.ledger).toMatchObject({ backend: "other", token: "s3cr3t" });
  });

  test("a URL that brings its password along is a secret in clear, whatever it is called", () => {
    const text =
      "project: p\nledger: { backend: other, url: 'postgres://u:hunter2@db/x', at: 'postgres://u@db', to: 'a://u:${env.PASS}@b' }";
    expect(choose(text, undefined, { env }).found).toEqual([
      "warning[E_SECRET] cairn.yaml:2:32 ledger.url: a secret stands here in clear; write ${env.NAME} and keep the value out of git",
    ]);
  });

  test("globs stay inside the project", () => {
    expect(choose("project: p\nmanifests: [/etc/*.yaml, 'a/{b,..}/*.yaml']").found).toEqual([
      'error[E_CONFIG] cairn.yaml:2:13 manifests: must be relative to the folder of cairn.yaml; got "/etc/*.yaml"',
      'error[E_CONFIG] cairn.yaml:2:26 manifests: must stay inside the project folder; got "a/{b,..}/*.yaml"',
    ]);
  });

  test("a file that is missing, empty, not YAML, or more than one document", () => {
    expect(choose("").found).toEqual(["error[E_CONFIG] cairn.yaml: the file is empty; begin with project: NAME"]);
    expect(lines(read(undefined).diagnostics)).toEqual([
      "error[E_CONFIG] : there is no cairn.yaml in this folder; write one to begin a project, or name its folder with -C",
    ]);
    expect(choose("a: [").found).toHaveLength(1);
    expect(choose("project: p\n---\nproject: q").found).toEqual([
      "error[E_CONFIG] cairn.yaml:3:1: must hold one document; remove the others",
    ]);
    expect(choose("- p").found).toEqual(["error[E_CONFIG] cairn.yaml:1:1: must be a map; got a list"]);
    expect(choose("project: p\nproject: q").found).toHaveLength(1);
    expect(choose(`project: p${" ".repeat(10_000_000)}`).found).toEqual([
      'error[E_CONFIG] cairn.yaml: "cairn.yaml" is larger than 10 MB; split it',
    ]);
  });
});
