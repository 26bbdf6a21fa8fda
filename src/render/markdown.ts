import type { Diagnostic } from "../core/errors.ts";
import { amount } from "./amount.ts";
import { type Card, cardsOf } from "./card.ts";
import { diagnosticLines } from "./diagnostic.ts";
import type { FieldDiff } from "./field-diff.ts";
import { type Headline, headlineOf } from "./headline.ts";
import { cellSpan, codeSpan, cutLine, fenced, fitting } from "./markdown-text.ts";
import { paintWith } from "./paint.ts";
import type { Report } from "./report.ts";
import { toldBy } from "./told.ts";
import { xmlText } from "./xml-text.ts";

/** Code hosts refuse comments above 65,536 characters. */
const mostCharacters = 64_900;
/** What the heads of sections and the sentences on what was left out may take. */
const reserve = 2_500;
/** More of one change helps nobody in a comment, and would leave no room for others. */
const mostOfOne = 15_000;

const plain = paintWith(false);

/**
 * A run as a comment on a pull request: a hidden marker by which a bot finds the comment again, the verdict, what stands
 * in the way, a table of all changes, and each change folded. Below 65,000 characters; what was cut is said. Text from
 * outside stands in code spans and fenced blocks only. Pure.
 */
export function renderMarkdown(report: Report): string {
  const head = `${markerOf(report)}\n${headText(headlineOf(report))}`;
  const faults = faultsText(report, Math.floor((mostCharacters - head.length) / 3));
  const cards = cardsOf(report.found).filter(({ action }) => action !== "unchanged");
  const table = tableText(cards, Math.floor((mostCharacters - head.length - faults.length) / 3));
  const room = mostCharacters - reserve - head.length - faults.length - table.length;
  return [head, faults, table, detailsText(cards, room)].filter((part) => part !== "").join("\n");
}

/** `<!-- cairn:PROJECT/STACK -->`; the comment of a drift is another one than that of plan, apply and validate. */
function markerOf({ project = "", stack, command }: Report): string {
  const subject = stack === undefined ? project : `${project}/${stack}`;
  const name = command === "drift" ? `${subject}:drift` : subject;
  return `<!-- cairn:${encodeURI(name).replaceAll("--", "-%2D")} -->`;
}

function headText({ title, subject, verdicts, remarks }: Headline): string {
  const [first = "", ...rest] = verdicts;
  const heading = `### ${title}${subject === undefined ? "" : ` ${codeSpan(subject)}`}`;
  return `${[heading, `**${first}**`, ...rest, ...remarks.map((text) => codeSpan(short(text)))].join("\n\n")}\n`;
}

function short(text: string): string {
  return text.length <= 2_000 ? text : `${text.slice(0, 2_000).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function faultsText(report: Report, room: number): string {
  const { errors, refusals, warnings } = toldBy(report);
  const sections = [
    { title: "What went wrong", list: errors },
    { title: "Apply will refuse this", list: refusals },
    { title: "Warnings", list: warnings },
  ].filter(({ list }) => list.length > 0);
  return sections.map(({ title, list }) => faultSection(title, list, Math.floor(room / sections.length))).join("\n");
}

function faultSection(title: string, list: readonly Diagnostic[], room: number): string {
  const blocks = list.map((one) => fenced(diagnosticLines(one, plain), "text"));
  const { kept, left } = fitting(blocks, room);
  const rest = left === 0 ? "" : `\n${left} more left out here; the text and JSON formats show all.\n`;
  return `**${title}** (${list.length})\n\n${kept.join("")}${rest}`;
}

function tableText(cards: readonly Card[], room: number): string {
  if (cards.length === 0) return "";
  const rows = cards.map(
    ({ sign, action, address, source }) =>
      `| ${cellSpan(`${sign} ${action}`.trim())} | ${cellSpan(address)} | ${source === undefined ? "" : cellSpan(source)} |\n`,
  );
  const { kept, left } = fitting(rows, room);
  const rest = left === 0 ? "" : `\n${amount(left, "more resource")} left out of the table.\n`;
  return `| change | resource | declared at |\n|---|---|---|\n${kept.join("")}${rest}`;
}

function detailsText(cards: readonly Card[], room: number): string {
  const { kept, left } = fitting(cards.map(cardText), room);
  const rest =
    left === 0
      ? ""
      : `The details of ${amount(left, "resource")} did not fit and were left out; the text, JSON and HTML formats show all.\n`;
  return [...kept, rest].filter((part) => part !== "").join("\n");
}

function cardText({ sign, action, address, source, notes, fields }: Card): string {
  const place = source === undefined ? "" : ` <code>${xmlText(source)}</code>`;
  const lines = [...notes.map((note) => `# ${note}`), ...fields.flatMap(fieldText)];
  const { kept, left } = fitting(lines.map(cutLine), mostOfOne);
  const shown = left === 0 ? kept : [...kept, `# … ${amount(left, "more line")}`];
  const summary = `<summary><code>${xmlText(`${sign} ${action} ${address}`.trim())}</code>${place}</summary>`;
  return `<details>${summary}\n\n${fenced(shown, "diff")}\n</details>\n`;
}

function fieldText({ label, notes, block, lines }: FieldDiff): string[] {
  const remark = notes.length === 0 ? "" : `  # ${notes.join(", ")}`;
  if (block) {
    const head = `  ${label}:${remark}`;
    return [head, ...lines.map(({ sign, text }) => (sign === "hunk" ? text : `${sign} ${text}`.trimEnd()))];
  }
  return lines.map(({ sign, text }) => `${sign} ${label}: ${text}${remark}`);
}
