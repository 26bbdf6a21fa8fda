import type { NeededValue } from "../core/needed-values.ts";
import type { Fields } from "../core/values.ts";
import { yamlText } from "./yaml-text.ts";

/** What a configuration of exported manifests holds. */
export type ExportedConfig = {
  readonly project: string;
  /** As they stand under `providers`, credentials being interpolations. */
  readonly providers: Fields;
  readonly pace: number;
  /** Environment variables that the providers' settings name. */
  readonly credentials: readonly string[];
  readonly needed: readonly NeededValue[];
};

/** `cairn.yaml` for exported manifests; its comments say what has to be supplied before a plan. */
export function exportedConfig({ project, providers, pace, credentials, needed }: ExportedConfig): string {
  const settings = { project, manifests: ["manifests/**/*.yaml"], providers, ...(pace === 1 ? {} : { pace }) };
  const variables = needed.filter(({ source }) => source === "var");
  const secrets = needed.filter(({ source }) => source === "env");
  const lines = [
    ...(variables.length === 0
      ? []
      : [
          "",
          "# What the cloud does not show. Take the first two characters off these lines, and write the values:",
          "# vars:",
          ...variables.map((one) => `#   ${one.name}:  # ${aboutNeeded(one)}`),
        ]),
    ...(credentials.length + secrets.length === 0
      ? []
      : [
          "",
          "# Environment variables that have to be set:",
          ...credentials.map((name) => `#   ${name}: credentials`),
          ...secrets.map((one) => `#   ${one.name}: ${aboutNeeded(one)}`),
        ]),
  ];
  return ["# Written by cairn export.\n", yamlText(settings), ...lines.map((line) => `${line}\n`)].join("");
}

/** Where a needed value is used and what it is, in one line. */
function aboutNeeded({ address, field, description }: NeededValue): string {
  const text = `${address} ${field}${description === undefined ? "" : `: ${description}`}`;
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ");
}
