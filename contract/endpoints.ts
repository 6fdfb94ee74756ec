// Every endpoint there is: the server registers this list, tests walk it, the typed client is made from it.
import { agentsList } from '#contract/agent.ts'
import {
  alertRulesCreate,
  alertRulesDelete,
  alertRulesList,
  alertRulesPreview,
  alertRulesRestore,
  alertRulesUpdate,
  alertsList,
  alertsUpdate,
  alertsUpdateMany,
} from '#contract/alert.ts'
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
import { auditCall } from '#contract/audit.ts'
import { callsAssist } from '#contract/assist.ts'
import { authLogin, authLogout, authMe, authRefresh } from '#contract/auth.ts'
import { callFiltersGet, callsGet, callsInteractions, callsList } from '#contract/call-endpoints.ts'
import { callsAnswer, callsAsk, callsClaim, callsRelease } from '#contract/claim-endpoints.ts'
import {
  callsCheck,
  callsEnd,
  callsEscalate,
  callsInitiate,
  callsIntervene,
} from '#contract/command-endpoints.ts'
import { escalationsList, escalationsUpdate } from '#contract/escalation-endpoints.ts'
import {
  analyticsExport,
  callsExport,
  exportsCancel,
  exportsDownload,
  exportsGet,
  exportsList,
} from '#contract/export.ts'
import { followupsList } from '#contract/follow-up.ts'
import { health } from '#contract/health.ts'
import { knowledgeCreate, knowledgeDelete, knowledgeList } from '#contract/knowledge.ts'
import { callsAddNote, callsNotes, callsRemoveNote } from '#contract/note-endpoints.ts'
import { preferencesChange, preferencesGet } from '#contract/preferences.ts'
import { webhookTelephony } from '#contract/telephony.ts'
import { callsQa, callsReviewQa, callsWithdrawQa } from '#contract/qa-endpoints.ts'
import { callsRecording, callsWaveform } from '#contract/recording.ts'
import { viewsCreate, viewsDelete, viewsList, viewsUpdate } from '#contract/view.ts'

export const endpoints = [
  health,
  authLogin,
  authRefresh,
  authLogout,
  authMe,
  callsList,
  callFiltersGet,
  callsGet,
  callsInteractions,
  callsInitiate,
  callsEscalate,
  callsIntervene,
  callsEnd,
  callsCheck,
  callsClaim,
  callsRelease,
  callsAsk,
  callsAnswer,
  callsAddNote,
  callsNotes,
  callsRemoveNote,
  callsExport,
  exportsList,
  exportsGet,
  exportsCancel,
  exportsDownload,
  analyticsExport,
  callsQa,
  callsReviewQa,
  callsWithdrawQa,
  callsRecording,
  callsWaveform,
  auditCall,
  agentsList,
  escalationsList,
  escalationsUpdate,
  followupsList,
  alertsList,
  alertsUpdate,
  alertsUpdateMany,
  alertRulesList,
  alertRulesCreate,
  alertRulesPreview,
  alertRulesUpdate,
  alertRulesDelete,
  alertRulesRestore,
  callsAssist,
  knowledgeList,
  knowledgeCreate,
  knowledgeDelete,
  preferencesGet,
  preferencesChange,
  viewsList,
  viewsCreate,
  viewsUpdate,
  viewsDelete,
  analyticsOverview,
  analyticsCallVolume,
  analyticsQa,
  analyticsSentiment,
  analyticsEscalations,
  analyticsCallsOverview,
  analyticsCallsTrends,
  analyticsAgentsPerformance,
  webhookTelephony,
] as const

export type Endpoint = (typeof endpoints)[number]
/** `GET /api/v1/calls` → its record. The console's client takes these strings, so it carries no schema library. */
export type EndpointByRoute = { [E in Endpoint as `${E['method']} ${E['path']}`]: E }
export type Route = keyof EndpointByRoute
