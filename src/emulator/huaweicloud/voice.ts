import type { Trouble } from "../api.ts";
import type { Mistake } from "./read-input.ts";
import {
  apigRefusal,
  codedRefusal,
  epsRefusal,
  gatewayRefusal,
  iamRefusal,
  plainRefusal,
  type Refusal,
  statusRefusal,
} from "./refusal.ts";

/** How a service words what any of its operations may have to say. */
export type Voice = {
  /** The token is unknown, or too old. */
  badToken(expired: boolean): Refusal;
  forbidden(): Refusal;
  invalid(mistakes: readonly Mistake[]): Refusal;
  /** A fault's trouble; `code` replaces the usual code. */
  trouble(kind: Trouble, code: string | undefined): Refusal;
};

/** A permission that is missing is said with 403; with one of these codes in its place it becomes a 401. */
const UNAUTHORIZED = new Set(["CCE.03401001", "APIC.7101", "APIC.7102", "APIG.1002", "APIGW.0301", "APIGW.0307"]);

type Say = (status: number, code: string, text: string) => Refusal;
type Line = { readonly status: number; readonly code: string; readonly text: string; readonly say?: Say };

const BUSY: Line = { status: 503, code: "APIGW.0202", text: "Backend unavailable", say: gatewayRefusal };
const FLOOD: Line = {
  status: 429,
  code: "APIGW.0308",
  text: "The throttling threshold has been reached",
  say: gatewayRefusal,
};

/** A voice from one way of saying and its lines. */
function voice(
  say: Say,
  lines: Readonly<Record<Trouble | "badToken" | "expired", Line>>,
  invalid: Voice["invalid"],
): Voice {
  const tell = (line: Line, code = line.code) => (line.say ?? say)(line.status, code, line.text);
  return {
    badToken: (expired) => tell(expired ? lines.expired : lines.badToken),
    forbidden: () => tell(lines.refused),
    invalid,
    trouble: (kind, code) => {
      const line = lines[kind];
      return tell(kind === "refused" && code && UNAUTHORIZED.has(code) ? { ...line, status: 401 } : line, code);
    },
  };
}

/** CCE. */
export const cceVoice = voice(
  codedRefusal,
  {
    throttle: { status: 429, code: "CCE.02429001", text: "Throttling threshold reached" },
    http500: { status: 500, code: "SVCSTG.CCE-ADDONMGR.500", text: "internal error", say: plainRefusal },
    http503: BUSY,
    refused: { status: 403, code: "CCE.03403001", text: "Forbidden" },
    badToken: { status: 401, code: "CCE.03401001", text: "Authorization failed" },
    expired: { status: 401, code: "APIGW.0307", text: "The token must be updated", say: gatewayRefusal },
  },
  (mistakes) => statusRefusal(mistakes.map(({ name, problem }) => `${name} ${problem}`).join("; ")),
);

/** Most operations of APIG. */
export const apicVoice = voice(
  apigRefusal,
  {
    throttle: FLOOD,
    http500: { status: 500, code: "APIC.9000", text: "Failed to request internal service" },
    http503: BUSY,
    refused: { status: 403, code: "APIC.7106", text: "No permissions to request for the method" },
    badToken: { status: 401, code: "APIC.7102", text: "Incorrect token or token resolution failed" },
    expired: { status: 401, code: "APIC.7101", text: "The token must be updated" },
  },
  ([first]) => wrongParameter(camelCase(first?.name ?? "")),
);

/** The operations of APIG that have the older codes: features, and the list of tags. */
export const apigVoice = voice(
  apigRefusal,
  {
    throttle: FLOOD,
    http500: { status: 500, code: "APIG.9999", text: "System error" },
    http503: BUSY,
    refused: { status: 403, code: "APIG.1005", text: "No permissions to request this method" },
    badToken: { status: 401, code: "APIG.1002", text: "Incorrect token or token resolution failed" },
    expired: { status: 401, code: "APIG.1002", text: "Incorrect token or token resolution failed" },
  },
  ([first]) => apigRefusal(400, "APIG.2012", `Invalid parameter value,parameterName:${first?.name}`),
);

const iamSay: Say = (status, title, text) => iamRefusal(status, title, text);

/** IAM. */
export const iamVoice = voice(
  iamSay,
  {
    throttle: { status: 429, code: "Too Many Requests", text: "too many requests" },
    http500: { status: 500, code: "Internal Server Error", text: "the request failed for an unknown reason" },
    http503: { status: 503, code: "Service Unavailable", text: "the service is busy" },
    refused: { status: 403, code: "Forbidden", text: "you are not authorized to do this" },
    badToken: { status: 401, code: "Unauthorized", text: "the token is not valid" },
    expired: { status: 401, code: "Unauthorized", text: "The token must be updated" },
  },
  (mistakes) => iamRefusal(400, "Bad Request", mistakes.map(({ name, problem }) => `${name} ${problem}`).join("; ")),
);

/** The service for enterprise projects. */
export const epsVoice = voice(
  epsRefusal,
  {
    throttle: FLOOD,
    http500: { status: 500, code: "EPS.0001", text: "the request failed for an unknown reason" },
    http503: BUSY,
    refused: { status: 403, code: "EPS.0003", text: "no permission" },
    badToken: { status: 401, code: "EPS.0002", text: "the token is not valid" },
    expired: { status: 401, code: "EPS.0002", text: "the token must be updated" },
  },
  (mistakes) => epsRefusal(400, "EPS.0004", mistakes.map(({ name, problem }) => `${name} ${problem}`).join("; ")),
);

/** APIG's word for a parameter that does not fit, by its name in camel case. */
export function wrongParameter(name: string): Refusal {
  return apigRefusal(400, "APIC.7211", `Parameter value does not match the rules, parameter name[${name}]`);
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
