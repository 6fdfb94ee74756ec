// The endpoints of analytics.
import {
  analyticsAgentsPerformance,
  analyticsCallVolume,
  analyticsCallsOverview,
  analyticsCallsTrends,
  analyticsEscalations,
  analyticsOverview,
  analyticsQa,
  analyticsSentiment,
} from '#contract/analytics-endpoints.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Analytics } from '#server/modules/analytics/analytics-service.ts'

export function registerAnalytics(register: RegisterEndpoint, analytics: Analytics): void {
  register(analyticsOverview, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.overview(principal, query),
  }))
  register(analyticsCallVolume, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.volume(principal, query),
  }))
  register(analyticsQa, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.qa(principal, query),
  }))
  register(analyticsSentiment, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.sentiment(principal, query),
  }))
  register(analyticsEscalations, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.escalations(principal, query),
  }))
  register(analyticsCallsOverview, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.callsOverview(principal, query),
  }))
  register(analyticsCallsTrends, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.callsTrends(principal, query),
  }))
  register(analyticsAgentsPerformance, async ({ principal, query }) => ({
    status: 200,
    body: await analytics.agentsPerformance(principal, query),
  }))
}
