/**
 * cairn as a library: load manifests, look at the clouds, plan, apply, show. Everything is a plain value or a function of
 * plain values; the outside (network, clock, environment) is handed in.
 */
export { kindsOf, providers } from "../providers/index.ts";
export type { Address } from "./core/address.ts";
export type { Change, FieldChange, Operation, Plan } from "./core/change.ts";
export type { Desired } from "./core/desired.ts";
export { CairnError, type Diagnostic, type ErrorCode } from "./core/errors.ts";
export type { ApplyEvent, ApplyOutcome } from "./core/event.ts";
export { defineKind, type Kind, type Kinds, type Live } from "./core/kind.ts";
export { emptyLedger, type LedgerState } from "./core/ledger.ts";
export { plan } from "./core/plan.ts";
export { type PlanInput, type PlanOptions, plainOptions } from "./core/plan-input.ts";
export type { Clock, Fetch, Provider, ProviderWorld } from "./core/provider.ts";
export { createFetch } from "./emulator/fetch.ts";
export { createEmulator, type Emulator, type EmulatorOptions, serve } from "./emulator/index.ts";
export { applyPlan } from "./engine/apply.ts";
export { refresh } from "./engine/refresh.ts";
export { settleIntents } from "./engine/settle-intents.ts";
export { systemClock } from "./http/clock.ts";
export { openPools } from "./http/pools.ts";
export type { LedgerBackend, LedgerLock } from "./ledger/backend.ts";
export { fileBackend } from "./ledger/file-backend.ts";
export { loadConfig } from "./manifest/config.ts";
export { filesOnDisk } from "./manifest/files.ts";
export { loadManifests } from "./manifest/load.ts";
export { renderDiagnostics } from "./render/diagnostic.ts";
export { paintWith } from "./render/paint.ts";
export { planDocument } from "./render/plan-json.ts";
export { renderPlanText } from "./render/plan-text.ts";
