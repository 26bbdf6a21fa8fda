export { createEmulator, type Emulator, type EmulatorOptions } from "./emulator.ts";
export { type Key, parseKey } from "./key.ts";
export { serve } from "./serve.ts";
