import type { Plan } from "../core/change.ts";
import { amount } from "./amount.ts";
import { driftVerdict } from "./drift-text.ts";
import { outcomeVerdict } from "./outcome-text.ts";
import { callsText, leftText, planVerdict } from "./plan-text.ts";
import { projectText } from "./project-text.ts";
import type { Found, Report } from "./report.ts";
import { safeLine } from "./safe-text.ts";

/** What stands above everything else of a run. Harmless. */
export type Headline = {
  /** `cairn` and the command. */
  readonly title: string;
  /** Project and stack, where they are known. */
  readonly subject?: string;
  /** How it ended, most important first, in words of cairn's own and numbers. */
  readonly verdicts: readonly string[];
  /** Sentences with names from outside: what was left out, what will be called. */
  readonly remarks: readonly string[];
};

/** The headline of a report, whatever it found. */
export function headlineOf({ command, project, stack, found }: Report): Headline {
  return {
    title: `cairn ${safeLine(command)}${command === "plan" && isDestroy(found) ? " --destroy" : ""}`.trimEnd(),
    ...(project === undefined ? {} : { subject: projectText({ project, ...(stack === undefined ? {} : { stack }) }) }),
    verdicts: verdictsOf(found),
    remarks: found?.type === "plan" ? remarksOn(found.plan) : [],
  };
}

function verdictsOf(found: Found | undefined): readonly string[] {
  switch (found?.type) {
    case "plan":
      return [...(found.outcome === undefined ? [] : [endText(found.outcome)]), planVerdict(found.plan)];
    case "drift":
      return [driftVerdict(found.drift)];
    case "check":
      return found.stacks.map(
        ({ stack, resources }) =>
          `${stack === undefined ? "" : `stack ${safeLine(stack)}: `}${amount(resources, "resource")} looked at`,
      );
    default:
      return ["The run ended before there was a result."];
  }
}

function endText(outcome: Parameters<typeof outcomeVerdict>[0]): string {
  const { word, rest } = outcomeVerdict(outcome);
  return `${word}: ${rest}`;
}

function isDestroy(found: Found | undefined): boolean {
  return found?.type === "plan" && found.plan.destroy;
}

function remarksOn(plan: Plan): readonly string[] {
  const { base } = plan;
  const against = base === undefined ? "" : safeLine(`Compared with ${base.ref} (${base.commit.slice(0, 10)})`);
  return [against, leftText(plan), callsText(plan)].map((text) => text.trimEnd()).filter((text) => text !== "");
}
