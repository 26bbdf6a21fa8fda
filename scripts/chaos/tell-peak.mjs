// Runs in a process before anything else: writes the largest resident memory that the process had, in MiB, to the file that
// CHAOS_PEAK names.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  if (process.env.CHAOS_PEAK) writeFileSync(process.env.CHAOS_PEAK, String(process.resourceUsage().maxRSS / 1024));
});
