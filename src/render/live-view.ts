import type { ApplyEvent } from "../core/event.ts";
import { type ApplyView, advance, emptyView, type Tick } from "./apply-view.ts";
import { frameLines, type TerminalSize } from "./frame.ts";
import type { Paint } from "./paint.ts";
import { plainLine } from "./progress.ts";
import { displayWidth } from "./width.ts";

/** Progress on a terminal, redrawn in place. Every function returns what is to be written; nothing is written here. */
export type LiveView = {
  /** Steps that ended scroll by above the frame, the frame is drawn anew. After the end event no frame is left. */
  next(event: ApplyEvent | Tick): string;
  /** The terminal has another size from now on: the frame is drawn anew. */
  resize(size: TerminalSize): string;
  /** Takes the frame away, so that other text can be written; the next event draws it again. */
  clear(): string;
};

const controlSequence = "\u001b[";

/** Starts a view for a terminal of the given size. */
export function liveView(options: TerminalSize & { readonly paint: Paint }): LiveView {
  const { paint } = options;
  let size: TerminalSize = options;
  let view: ApplyView = emptyView;
  let drawn: readonly string[] = [];
  const clear = (): string => {
    const text = eraseText(drawn, size.columns);
    drawn = [];
    return text;
  };
  const draw = (above: string): string => {
    const erased = clear();
    drawn = frameLines(view, size);
    return `${erased}${above}${drawn.map((line) => `${line}\n`).join("")}`;
  };
  return {
    next: (event) => {
      view = advance(view, event);
      const settled = event.type === "done" || event.type === "failed" || event.type === "skipped";
      return draw(settled ? `${plainLine(event, paint)}\n` : "");
    },
    resize: (next) => {
      size = next;
      return draw("");
    },
    clear,
  };
}

/** Moves to the frame's first line and clears from there. A line that a narrowed terminal has wrapped counts its rows. */
function eraseText(lines: readonly string[], columns: number): string {
  const rows = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / Math.max(1, columns))), 0);
  return rows === 0 ? "" : `\r${controlSequence}${rows}A${controlSequence}J`;
}
