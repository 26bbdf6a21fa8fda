import { createHash } from "node:crypto";
import type { Diagnostic } from "../core/errors.ts";
import { type Card, cardsOf } from "./card.ts";
import { headlineOf } from "./headline.ts";
import { cardHtml, faultHtml } from "./html-card.ts";
import { planGraph } from "./html-graph.ts";
import { pageScript } from "./html-script.ts";
import { pageStyle } from "./html-style.ts";
import type { Report } from "./report.ts";
import { toldBy } from "./told.ts";
import { xmlText } from "./xml-text.ts";

/**
 * A run as one page that needs nothing else: verdict, faults, every change folded and searchable, the dependency graph. Its
 * content security policy allows the page's own style and script by their digests and nothing from anywhere. Pure.
 */
export async function renderHtml(report: Report): Promise<string> {
  const { title, subject, verdicts, remarks } = headlineOf(report);
  const name = xmlText(subject === undefined ? title : `${title}: ${subject}`);
  const cards = cardsOf(report.found);
  const { errors, refusals, warnings } = toldBy(report);
  return [
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer">\n<link rel="icon" href="data:,">`,
    `<title>${name}</title>\n<style>${pageStyle}</style>\n</head>\n<body>`,
    `<header><h1>${xmlText(title)} <span>${xmlText(subject ?? "")}</span></h1>`,
    ...verdicts.map((text) => `<p class="verdict">${xmlText(text)}</p>`),
    ...remarks.map((text) => `<p class="remark">${xmlText(text)}</p>`),
    "</header>\n<main>",
    faultSection("What went wrong", errors),
    faultSection("Apply will refuse this", refusals),
    faultSection("Warnings", warnings),
    `<section aria-label="Resources">\n<h2>Resources</h2>`,
    toolsHtml(cards),
    cards.length === 0 ? "<p>There are none to show.</p>" : cards.map(cardHtml).join("\n"),
    `</section>`,
    await graphSection(report),
    `</main>\n<footer>cairn ${xmlText(report.cairnVersion)}</footer>`,
    `<script>${pageScript}</script>\n</body>\n</html>\n`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function policy(): string {
  const allowed = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${allowed(pageStyle)}`,
    `script-src ${allowed(pageScript)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function faultSection(title: string, list: readonly Diagnostic[]): string {
  if (list.length === 0) return "";
  return `<section aria-label="${title}"><h2>${title}</h2>\n${list.map(faultHtml).join("\n")}\n</section>`;
}

/** Hidden until the script shows them: without it they would do nothing. What is unchanged is not shown at first. */
function toolsHtml(cards: readonly Card[]): string {
  const actions = [...new Set(cards.map(({ action }) => action))];
  const chips = actions.map((action) => {
    const count = cards.filter((one) => one.action === action).length;
    return `<button type="button" data-action="${action}" aria-pressed="${action !== "unchanged"}">${action} ${count}</button>`;
  });
  return [
    `<div class="tools" role="search" hidden>`,
    `<input type="search" id="search" placeholder="Search: press /" aria-label="Search resources" autocomplete="off" spellcheck="false">`,
    ...chips,
    `<button type="button" id="unfold">Unfold all</button><button type="button" id="fold">Fold all</button>`,
    `</div>\n<p class="remark scripted" id="count" role="status" hidden></p>`,
  ].join("\n");
}

async function graphSection({ found }: Report): Promise<string> {
  if (found?.type !== "plan") return "";
  const { svg, remark } = await planGraph(found.plan);
  if (svg === undefined && remark === undefined) return "";
  const looks = [...new Set(cardsOf(found).map(({ action }) => action))];
  const legend = looks.map((look) => `<li class="${look}">${look}</li>`).join("");
  return [
    `<section aria-label="Dependencies">\n<h2>Dependencies</h2>`,
    remark === undefined ? "" : `<p class="remark">${xmlText(remark)}</p>`,
    ...(svg === undefined
      ? []
      : [
          `<p class="remark">An arrow leads from what needs to what is needed. <button type="button" id="zoom" class="scripted" aria-pressed="false" hidden>Actual size</button></p>`,
          `<ul class="legend">${legend}</ul>`,
          `<div class="canvas" id="canvas" tabindex="0" aria-label="Dependency graph, scrolls">${svg}</div>`,
        ]),
    `</section>`,
  ].join("\n");
}
