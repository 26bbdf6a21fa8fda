import fc from "fast-check";

// A run of the suite repeats the one before, so that a red one is due to the change at hand. CAIRN_SEED names another seed,
// and "random" draws one a run: `npm run test:random` looks for what no seed has shown yet.
const { CAIRN_SEED: seed = "20261121" } = process.env;
if (seed !== "random") fc.configureGlobal({ seed: Number(seed) });
