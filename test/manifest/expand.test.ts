import { describe, expect, test } from "vitest";
import { lines, load, loadText, shopWith } from "./shop.ts";

const env = { SECRET: "s3cr3t", COUNT: "7", OPEN: "true", BIG: "9007199254740993" };

describe("interpolation", () => {
  test("texts of the environment become what the field wants, and stay texts where none fits", () => {
    const text = shopWith("open: ${env.OPEN}", "size: ${env.COUNT}", "title: ${env.COUNT}", "ratio: ${env.SECRET}");
    const { desired, diagnostics } = loadText(text.replace(/\n.*ratio.*/, ""), { env });
    expect(diagnostics).toEqual([]);
    expect(desired[0]?.spec).toMatchObject({ open: true, size: 7, title: "7" });
    expect(lines(loadText(text, { env }).diagnostics)).toEqual([
      "error[E_FIELD] manifests/a.yaml:9:10 Shop/mall/corner ratio: must be a number; it comes from ${env.SECRET}, correct it there",
    ]);
  });

  test("a large number of the environment loses no digits: it is refused", () => {
    expect(loadText(shopWith("size: ${env.BIG}"), { env }).diagnostics).toHaveLength(1);
  });

  test("works in metadata, in keys nowhere, and leaves what is not its own", () => {
    const text = shopWith("labels: { a: '${spring.x}', b: $HOME, c: '$${env.X}', d: '${ env.X }' }").replace(
      "mall/corner",
      "'mall/${var.name}', labels: { '${var.name}': '${env.COUNT}' }, lifecycle: { force: '${env.OPEN}' }",
    );
    const { desired, diagnostics } = loadText(text, { env });
    expect(diagnostics).toEqual([]);
    expect(desired[0]).toMatchObject({
      name: "mall/corner",
      labels: { "${var.name}": "7" },
      lifecycle: { force: true },
      spec: { labels: { a: "${spring.x}", b: "$HOME", c: "${env.X}", d: "${ env.X }" } },
    });
  });

  test("what is missing is a fault at its place, and nothing else is said of the value", () => {
    const text = shopWith(
      "size: ${var.siz}",
      "open: ${env.NO}",
      "labels: { a: 'x ${var.list} ${var.none}' }",
      "title: ${var.unknown}",
    );
    expect(lines(loadText(text, { env }).diagnostics)).toEqual([
      'error[E_VARIABLE] manifests/a.yaml:6:9 Shop/mall/corner size: variable "siz" is not defined; did you mean "size"?',
      "error[E_VARIABLE] manifests/a.yaml:7:9 Shop/mall/corner open: environment variable NO is not set; set it, or write $${env.NO} where the text itself is meant",
      "error[E_VARIABLE] manifests/a.yaml:8:16 Shop/mall/corner labels.a: ${var.list} is a list and cannot stand inside a text; let it stand alone",
      "error[E_VARIABLE] manifests/a.yaml:8:16 Shop/mall/corner labels.a: ${var.none} is empty and cannot stand inside a text; let it stand alone",
      'error[E_VARIABLE] manifests/a.yaml:9:10 Shop/mall/corner title: variable "unknown" is not defined; add it to vars in cairn.yaml, or give --var unknown=…',
    ]);
    expect(lines(loadText(shopWith().replace("mall/corner", "'${env.NO}'")).diagnostics)).toEqual([
      "error[E_VARIABLE] manifests/a.yaml:3:19 metadata.name: environment variable NO is not set; set it, or write $${env.NO} where the text itself is meant",
    ]);
  });

  test("a variable may hold lists, maps and the environment, but no other variable", () => {
    const files = {
      "cairn.yaml": [
        "project: p",
        "vars:",
        "  hours: [{ day: mon, from: 1 }, { day: '${env.COUNT}', from: 2 }]",
        "  labels: { a: '${env.COUNT}', b: ~ }",
        "  other: '${var.hours}'",
        "providers: { market: { region: n } }",
      ].join("\n"),
      "manifests/a.yaml": shopWith("hours: ${var.hours}", "labels: ${var.labels}", "title: ${var.other}"),
    };
    expect(lines(load(files, { env }).diagnostics)).toEqual([
      "error[E_FIELD] manifests/a.yaml:7:11 Shop/mall/corner labels.b: is empty; give it a value, or remove it",
      "error[E_VARIABLE] manifests/a.yaml:8:10 Shop/mall/corner title: the value of a variable cannot hold ${var.hours}; write what it stands for",
    ]);
    const { desired } = load({ ...files, "manifests/a.yaml": shopWith("hours: ${var.hours}") }, { env });
    expect(desired[0]?.spec["hours"]).toEqual([
      { day: "mon", from: 1 },
      { day: "7", from: 2 },
    ]);
  });

  test("--var takes the type of the configured value, else it is a scalar of YAML 1.2", () => {
    const vars = { size: "9", name: "9", list: "[1, 2]", none: "true", fresh: "0x10" };
    const text = shopWith(
      "size: ${var.size}",
      "title: ${var.name}",
      "open: ${var.none}",
      "labels: { a: 'x${var.fresh}' }",
    );
    expect(loadText(text, { vars }).desired[0]?.spec).toMatchObject({
      size: 9,
      title: "9",
      open: true,
      labels: { a: "x16" },
    });
    expect(lines(loadText(text, { vars: { size: "many", list: "1, 2" } }).diagnostics)).toEqual([
      'error[E_VARIABLE] : --var size must be a number, as in cairn.yaml; got "many"',
      'error[E_VARIABLE] : --var list must be a list, as in cairn.yaml; got "1, 2"',
    ]);
    expect(loadText(text, { vars: { list: "[" } }).diagnostics).toHaveLength(1);
    const files = { "cairn.yaml": "project: p\nvars: { map: { a: 1 }, flag: true }", "manifests/a.yaml": "" };
    expect(lines(load(files, { vars: { map: "[a]", flag: "1" } }).diagnostics)).toEqual([
      'error[E_VARIABLE] : --var map must be a map, as in cairn.yaml; got "[a]"',
      'error[E_VARIABLE] : --var flag must be true or false, as in cairn.yaml; got "1"',
    ]);
  });
});

describe("{ $file }", () => {
  test("is the text of a file, byte for byte, without interpolation", () => {
    const files = {
      "manifests/a.yaml": shopWith("deployment: { $file: 'conf/${var.name}.yaml' }"),
      "conf/corner.yaml": "\uFEFFa: ${env.X}\r\n",
    };
    const { desired, diagnostics } = load(files);
    expect(diagnostics).toEqual([]);
    expect(desired[0]?.spec["deployment"]).toBe("\uFEFFa: ${env.X}\r\n");
    expect(desired[0]?.sources).toEqual({ deployment: "$file conf/corner.yaml" });
  });

  test.each([
    ["{ $file: nowhere }", 'there is no file "nowhere"; create it, or correct the path'],
    ["{ $file: ../up }", '"../up" leads outside the project folder; copy the file into it'],
    ["{ $file: manifests }", '"manifests" is a folder; name a file in it'],
    ["{ $file: binary }", '"binary" is not UTF-8; only text files can be read'],
    ["{ $file: large }", '"large" is larger than 10 MB; split it'],
    ["{ $file: 5 }", "$file must be the path of a file; write { $file: path }"],
    ["{ $file: }", "$file must be the path of a file; write { $file: path }"],
    ["{ $file: binary, b: 1 }", "$file must stand alone; remove b"],
    ["{ $file: '${var.no}' }", 'variable "no" is not defined; add it to vars in cairn.yaml, or give --var no=…'],
  ])("%s is one fault: %s", (written, message) => {
    const files = {
      "manifests/a.yaml": shopWith(`password: ${written}`),
      binary: new Uint8Array([0xff]),
      large: new Uint8Array(10_000_001),
    };
    expect(load(files).diagnostics.map((one) => one.message)).toEqual([message]);
  });
});
