import type { Sink, World } from "./world.ts";

/**
 * Whether text on a stream is coloured: only on a terminal or where FORCE_COLOR asks for it, never with `--no-color` or a
 * NO_COLOR that is not empty, which wins. Asked once a stream.
 */
export function isColoured(sink: Sink, wanted: boolean, env: World["env"]): boolean {
  const { NO_COLOR: off = "", FORCE_COLOR: force = "", TERM: terminal } = env;
  if (!wanted || off !== "") return false;
  if (force !== "") return force !== "0" && force !== "false";
  return sink.isTTY && terminal !== "dumb";
}
