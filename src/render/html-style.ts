/** The looks of the page, in light and dark, from a phone's width up. */
export const pageStyle = `
:root { color-scheme: light dark;
  --page: #ffffff; --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --card: #f6f8fa; --focus: #0969da;
  --create: #1a7f37; --update: #9a6700; --replace: #8250df; --delete: #cf222e; --other: #0969da; --none: #59636e;
  --add: #dafbe1; --cut: #ffebe9; --fill: 16%; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0d1117; --ink: #f0f6fc; --dim: #9198a1; --line: #3d444d; --card: #151b23; --focus: #4493f8;
  --create: #3fb950; --update: #d29922; --replace: #ab7df8; --delete: #f85149; --other: #4493f8; --none: #9198a1;
  --add: #12361f; --cut: #46191b; --fill: 26%; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h1 span { font-weight: 400; color: var(--dim); }
.verdict { font-weight: 600; margin: .25rem 0; } .remark { color: var(--dim); margin: .25rem 0; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { margin: 0; padding: .5rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  overflow-wrap: normal; }
pre span { display: block; min-width: max-content; } .add { background: var(--add); } .cut { background: var(--cut); }
.hunk, .note, .source { color: var(--dim); } .note { font-style: italic; }
.fault { margin: .5rem 0; } .fault pre { white-space: pre-wrap; border-left: 4px solid var(--delete); }
.fault.warning pre { border-left-color: var(--update); }
.tools { position: sticky; top: 0; z-index: 1; background: var(--page); padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .5rem; }
.tools[hidden], [hidden] { display: none; }
input[type=search] { flex: 1 1 14rem; min-width: 0; }
input, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
  padding: .35rem .7rem; min-height: 2.5rem; }
button[aria-pressed=true] { border-color: var(--focus); box-shadow: inset 0 0 0 1px var(--focus); }
button[aria-pressed=false] { opacity: .65; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
details.card { border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 6px; margin: .4rem 0; }
details.card > summary { padding: .5rem .75rem; cursor: pointer; }
details.card > div { padding: 0 .75rem .75rem; }
details.card:target { outline: 2px solid var(--focus); }
.action { display: inline-block; min-width: 6.5rem; font-weight: 600; color: var(--tone); }
.source { font-size: 13px; margin-left: .5rem; }
.why { margin: .25rem 0; padding-left: 1.2rem; color: var(--dim); }
dl { margin: .5rem 0 0; } dt { font: 13px/1.5 ui-monospace, monospace; font-weight: 600; } dd { margin: 0 0 .4rem 1rem; }
del, ins { text-decoration: none; padding: 0 .25rem; border-radius: 4px; } del { background: var(--cut); } ins { background: var(--add); }
.create { --tone: var(--create); } .update, .changed { --tone: var(--update); } .replace { --tone: var(--replace); }
.delete, .missing { --tone: var(--delete); } .adopt, .move, .forget, .unmanaged { --tone: var(--other); }
.unchanged, .no-op { --tone: var(--none); }
.canvas { overflow: auto; max-height: 80vh; border: 1px solid var(--line); border-radius: 6px; padding: .5rem; }
.canvas svg { max-width: 100%; height: auto; } .canvas.whole svg { max-width: none; }
.canvas .node path, .canvas .node polygon { stroke: var(--tone, var(--none)); stroke-width: 1.5;
  fill: color-mix(in srgb, var(--tone, var(--none)) var(--fill), var(--page)); }
.canvas text { fill: var(--ink); } .canvas .edge path { stroke: var(--dim); } .canvas .edge polygon { fill: var(--dim); stroke: var(--dim); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0; padding: 0; list-style: none; }
.legend li::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .35em; border: 2px solid var(--tone); border-radius: 3px; }
footer { margin-top: 2rem; color: var(--dim); font-size: 13px; }
`;
