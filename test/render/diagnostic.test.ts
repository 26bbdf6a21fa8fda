import { describe, expect, it } from "vitest";
import { type Diagnostic, fault } from "../../src/core/errors.ts";
import { diagnosticLine, renderDiagnostics } from "../../src/render/diagnostic.ts";
import { diagnosticDocument } from "../../src/render/diagnostic-json.ts";
import { paintWith } from "../../src/render/paint.ts";

const refused: Diagnostic = fault("E_THROTTLED", "CreateApp was throttled 10 times in 95 s", {
  address: "App/storefront",
  help: "run apply again; lower --parallelism",
  cloud: {
    action: "CreateApp",
    status: 400,
    code: "Throttling.User",
    message: "Request was denied due to user flow control.\nhttps://oss.example/log?Signature=abc",
    requestId: "6A7C-11",
  },
});

const list: readonly Diagnostic[] = [
  fault("E_USAGE", 'unknown option "--dryrun"; did you mean "--no-color"?'),
  fault("E_UNKNOWN_FIELD", 'unknown field; did you mean "title"?', {
    place: { file: "manifests/应用.yaml", line: 7, column: 3 },
    address: "App/storefront",
    field: "titel",
  }),
  fault("E_FILE", "is no file", { place: { file: "cairn.yaml" } }),
  { severity: "warning", code: "E_SECRET", message: "a literal secret", place: { file: "cairn.yaml", line: 9 } },
  refused,
  fault("E_REFUSED", "ListApp was refused", { cloud: { action: "ListApp", message: "权限错误" } }),
  fault("E_BAD_ANSWER", "DescribeApp answered no JSON", { cloud: { action: "DescribeApp", status: 502 } }),
  fault("E_READ", "steers \u001b[2J the terminal", { field: "a\u202eb", help: "look\rhere" }),
];

describe("renderDiagnostics()", () => {
  it("gives code, place, sentence, cure and the cloud's words", async () => {
    await expect(renderDiagnostics(list, paintWith(false))).toMatchFileSnapshot("golden/diagnostics.txt");
  });

  it("is empty for nothing, and adds only colour", () => {
    expect(renderDiagnostics([], paintWith(true))).toBe("");
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, "g");
    expect(renderDiagnostics(list, paintWith(true)).replace(escapes, "")).toBe(
      renderDiagnostics(list, paintWith(false)),
    );
  });
});

describe("diagnosticLine()", () => {
  it("is one line", () => {
    expect(diagnosticLine(refused)).toBe(
      "error[E_THROTTLED] App/storefront: CreateApp was throttled 10 times in 95 s (cloud: CreateApp answered HTTP 400 Throttling.User: Request was denied due to user flow control.\\nhttps://oss.example/log?Signature=(secret) (request id 6A7C-11))",
    );
    expect(diagnosticLine(fault("E_USAGE", "no such command"))).toBe("error[E_USAGE]: no such command");
  });
});

describe("diagnosticDocument()", () => {
  it("keeps every key, and masks signatures", () => {
    expect(diagnosticDocument(refused)).toEqual({
      ...refused,
      cloud: {
        ...refused.cloud,
        message: "Request was denied due to user flow control.\nhttps://oss.example/log?Signature=(secret)",
      },
    });
    const plain = fault("E_USAGE", "no such command", { help: "see cairn --help", cloud: { action: "ListApp" } });
    expect(diagnosticDocument(plain)).toEqual(plain);
  });
});
