// Every scenario by kind of business, read once.
import { parseScenarios } from '#server/feed/simulator/parse-script.ts'
import type { BusinessKind, Scenario } from '#server/feed/simulator/scenario.ts'
import { autoScript } from '#server/feed/simulator/scenarios/auto.ts'
import { heatingScript } from '#server/feed/simulator/scenarios/heating.ts'
import { plumbingScript } from '#server/feed/simulator/scenarios/plumbing.ts'
import { roofingScript } from '#server/feed/simulator/scenarios/roofing.ts'

/** Scenarios by kind of business. */
export const library: Record<BusinessKind, readonly Scenario[]> = {
  roofing: parseScenarios(roofingScript),
  plumbing: parseScenarios(plumbingScript),
  heating: parseScenarios(heatingScript),
  auto: parseScenarios(autoScript),
}
