import type { Change, Plan } from "../core/change.ts";
import { lookOf } from "./card.ts";
import { type Drawing, nodeLabel } from "./drawing.ts";
import { dotText } from "./graph-dot.ts";
import { anchorOf } from "./html-card.ts";
import { isChange } from "./plan-counts.ts";
import { svgText } from "./viz.ts";

/** Larger drawings take long to make and longer to read. */
const mostNodes = 250;
const mostEdges = 1_000;

/** The drawn dependencies of a plan, or the sentence that says why there is no drawing; undefined where nothing depends. */
export type PlanGraph = { readonly svg?: string; readonly remark?: string };

/**
 * Draws what depends on what, each resource coloured by what happens to it and linked to its card. A large plan is drawn
 * without what is unchanged and borders on no change; a larger one not at all.
 */
export async function planGraph({ changes }: Plan): Promise<PlanGraph> {
  const whole = planDrawing(changes, () => true);
  if (whole.nodes.length === 0) return {};
  if (fits(whole)) return drawn(whole);
  const near = planDrawing(changes, bordersOnChange(changes));
  if (near.nodes.length === 0) return {};
  const hidden = changes.length - near.nodes.length;
  if (fits(near)) return drawn(near, `${hidden} unchanged resources that no change touches are not drawn.`);
  return {
    remark: `${changes.length} resources are too many to draw here; cairn graph --format dot writes all of them.`,
  };
}

async function drawn(drawing: Drawing, remark?: string): Promise<PlanGraph> {
  const document = await svgText(dotText(drawing));
  // Inside a page an SVG has neither a prolog nor comments, and its title would name nothing but a key.
  const svg = document
    .slice(document.indexOf("<svg"))
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<title>[^<]*<\/title>/g, "");
  return {
    svg: svg.replace("<svg ", '<svg role="img" aria-label="dependency graph" '),
    ...(remark === undefined ? {} : { remark }),
  };
}

function fits({ nodes, edges }: Drawing): boolean {
  return nodes.length <= mostNodes && edges.length <= mostEdges;
}

function planDrawing(changes: readonly Change[], shown: (change: Change) => boolean): Drawing {
  const keys = new Map<string, string>();
  const nodes = changes.flatMap((change, index) => {
    if (!shown(change)) return [];
    const key = `n${index + 1}`;
    keys.set(change.address, key);
    return [{ key, label: nodeLabel(change.address), look: lookOf(change), anchor: `#${anchorOf(index)}` }];
  });
  const edges = changes.flatMap(({ address, dependencies }) => {
    const from = keys.get(address);
    const targets = dependencies.map((one) => keys.get(one));
    return targets.flatMap((to) => (from === undefined || to === undefined ? [] : [{ from, to, soft: false }]));
  });
  return { nodes, edges };
}

/** True for a change, and for what is unchanged and needs a change or is needed by one. */
function bordersOnChange(changes: readonly Change[]): (change: Change) => boolean {
  const moving = new Set(changes.filter(isChange).map(({ address }) => address));
  const needed = new Set(changes.filter(isChange).flatMap(({ dependencies }) => dependencies));
  return (change) =>
    moving.has(change.address) || needed.has(change.address) || change.dependencies.some((one) => moving.has(one));
}
