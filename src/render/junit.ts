import type { DriftReport } from "../core/drift.ts";
import { type Diagnostic, refusals as refusalCodes } from "../core/errors.ts";
import { byText } from "../core/values.ts";
import { diagnosticLines } from "./diagnostic.ts";
import { unmanagedText } from "./drift-text.ts";
import { findingsOf } from "./findings.ts";
import { paintWith } from "./paint.ts";
import type { Report } from "./report.ts";
import { safeLine } from "./safe-text.ts";
import { toldBy } from "./told.ts";
import { xmlText } from "./xml-text.ts";

/** One test case: without a verdict it passed. `body` are harmless lines. */
type Case = {
  readonly name: string;
  readonly file?: string;
  readonly verdict?: "failure" | "error" | "skipped";
  readonly type?: string;
  readonly message?: string;
  readonly body?: readonly string[];
};

const plain = paintWith(false);

/**
 * A run as JUnit XML. Of `drift` every owned object is a test: it fails where the cloud has moved it. Of a plan every
 * resource is one, and fails where it cannot be planned or apply will refuse it; of `validate` every stack, unless
 * there are faults. A fault that belongs to none of them is a test of its own. Pure.
 */
export function renderJunit(report: Report): string {
  const cases = casesOf(report);
  const counted = (verdict: Case["verdict"]) => cases.filter((one) => one.verdict === verdict).length;
  const counts = `tests="${cases.length}" failures="${counted("failure")}" errors="${counted("error")}"`;
  const name = [`cairn ${report.command}`, report.project, report.stack].filter((part) => part !== undefined).join(" ");
  const suite = xmlText(safeLine(name));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="cairn" ${counts}>`,
    `  <testsuite name="${suite}" ${counts} skipped="${counted("skipped")}">`,
    ...cases.map((one) => caseText(one, suite)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function caseText({ name, file, verdict, type, message, body = [] }: Case, suite: string): string {
  const head = `    <testcase classname="${suite}" name="${xmlText(name)}"${attribute("file", file)}`;
  if (verdict === undefined) return `${head}/>`;
  const text = `      <${verdict}${attribute("type", type)}${attribute("message", message)}`;
  const inside = body.length === 0 ? `${text}/>` : `${text}>${xmlText(body.join("\n"))}</${verdict}>`;
  return `${head}>\n${inside}\n    </testcase>`;
}

function attribute(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${xmlText(value)}"`;
}

function casesOf(report: Report): readonly Case[] {
  const { errors, refusals } = toldBy(report);
  const faults = [...errors, ...refusals];
  const { found } = report;
  if (found?.type === "drift") return [...driftCases(report, found.drift), ...faults.map(faultCase)];
  if (found?.type === "plan") {
    const addresses = new Set<string>(found.plan.changes.map(({ address }) => address));
    const rest = faults.filter(({ address = "" }) => !addresses.has(address));
    return [...[...addresses].map((address) => resourceCase(address, faults)), ...rest.map(faultCase)];
  }
  const stacks = found?.type === "check" && faults.length === 0 ? found.stacks : [];
  return [
    ...stacks.map(({ stack }) => ({ name: stack === undefined ? "manifests" : `stack ${stack}` })),
    ...faults.map(faultCase),
  ];
}

/** A resource of a plan: it passes unless something is said of it. */
function resourceCase(address: string, faults: readonly Diagnostic[]): Case {
  const [first, ...more] = faults.filter((one) => one.address === address).map(faultCase);
  const name = safeLine(address);
  return first === undefined ? { name } : { ...first, name, body: [first, ...more].flatMap(({ body = [] }) => body) };
}

function faultCase(one: Diagnostic): Case {
  const { code, address, field, place, message } = one;
  const where = [address, field].filter((part) => part !== undefined).join(" ");
  const isVerdict = refusalCodes.has(code);
  return {
    name: safeLine(where === "" ? `${code} ${message}` : `${code} ${where}`),
    ...(place === undefined ? {} : { file: safeLine(place.file) }),
    verdict: isVerdict ? "failure" : "error",
    type: code,
    message: safeLine(message),
    body: diagnosticLines(one, plain),
  };
}

/** Every owned object is a test; what is not owned is skipped. */
function driftCases(report: Report, { changed, missing, unchanged, unmanaged = [] }: DriftReport): readonly Case[] {
  const found = findingsOf(report).filter(({ rule }) => rule === "drift" || rule === "missing");
  const failed = new Map(found.map((one) => [one.address, one]));
  const owned = [...unchanged, ...changed.map(({ address }) => address), ...missing.map(({ address }) => address)];
  return [
    ...owned.sort(byText).map((address): Case => {
      const finding = failed.get(address);
      const name = safeLine(address);
      if (finding === undefined) return { name };
      const { rule, message, details, file } = finding;
      return { name, file, verdict: "failure", type: rule, message, body: details };
    }),
    ...unmanaged.map(
      (one): Case => ({
        name: safeLine(`${one.kind} ${one.identity} (id ${one.id})`),
        verdict: "skipped",
        message: `unmanaged: ${unmanagedText(one)}`,
      }),
    ),
  ];
}
