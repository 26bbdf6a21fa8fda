/** Draws text in Graphviz' language as SVG. Graphviz, as WebAssembly, is loaded with the first drawing. Throws where it gives up. */
export async function svgText(dot: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  return (await instance()).renderString(dot, { format: "svg" });
}
