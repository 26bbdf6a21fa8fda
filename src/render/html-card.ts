import type { Diagnostic } from "../core/errors.ts";
import type { Card } from "./card.ts";
import { diagnosticLines } from "./diagnostic.ts";
import type { FieldDiff } from "./field-diff.ts";
import { paintWith } from "./paint.ts";
import type { DiffLine } from "./text-diff.ts";
import { xmlText } from "./xml-text.ts";

const plain = paintWith(false);
const classes = { "+": "add", "-": "cut", " ": "same", hunk: "hunk" } as const;

/** One resource, folded: who and where in its summary, why and what inside. `index` makes its anchor. */
export function cardHtml({ sign, action, address, source, notes, fields }: Card, index: number): string {
  const place = source === undefined ? "" : `<span class="source">${xmlText(source)}</span>`;
  const why =
    notes.length === 0 ? "" : `<ul class="why">${notes.map((note) => `<li>${xmlText(note)}</li>`).join("")}</ul>`;
  const what = fields.length === 0 ? "" : `<dl>${fields.map(fieldHtml).join("")}</dl>`;
  return [
    `<details class="card ${action}" id="${anchorOf(index)}" data-action="${action}">`,
    `<summary><span class="action">${xmlText(`${sign} ${action}`)}</span> <code>${xmlText(address)}</code>${place}</summary>`,
    `<div>${why}${what}</div></details>`,
  ].join("");
}

/** The anchor of the card at an index. */
export function anchorOf(index: number): string {
  return `change-${index + 1}`;
}

/** A diagnostic as it stands on a terminal. */
export function faultHtml(one: Diagnostic): string {
  const lines = diagnosticLines(one, plain).map(xmlText).join("\n");
  return `<div class="fault ${one.severity}"><pre>${lines}</pre></div>`;
}

function fieldHtml({ label, notes, block, lines }: FieldDiff): string {
  const remark = notes.length === 0 ? "" : ` <span class="note">${xmlText(notes.join(", "))}</span>`;
  const value = block ? `<pre>${lines.map(blockLine).join("")}</pre>` : lines.map(valueHtml).join(" → ");
  return `<dt>${xmlText(label)}${remark}</dt><dd>${value}</dd>`;
}

function blockLine({ sign, text }: DiffLine): string {
  const shown = sign === "hunk" ? text : `${sign} ${text}`.trimEnd();
  return `<span class="${classes[sign]}">${xmlText(shown)}\n</span>`;
}

function valueHtml({ sign, text }: DiffLine): string {
  const tag = { "+": "ins", "-": "del", " ": "span", hunk: "span" }[sign];
  return `<${tag}><code>${xmlText(text)}</code></${tag}>`;
}
