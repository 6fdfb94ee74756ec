// Every endpoint there is: the server registers this list, tests walk it, the typed client is made from it.
import { agentsList } from '#contract/agent.ts'
import { authLogin, authLogout, authMe, authRefresh } from '#contract/auth.ts'
import {
  callsAddNote,
  callsEnd,
  callsEscalate,
  callsGet,
  callsInitiate,
  callsInteractions,
  callsIntervene,
  callsList,
  callsNotes,
} from '#contract/call-endpoints.ts'
import { health } from '#contract/health.ts'
import { webhookTelephony } from '#contract/telephony.ts'

export const endpoints = [
  health,
  authLogin,
  authRefresh,
  authLogout,
  authMe,
  callsList,
  callsGet,
  callsInteractions,
  callsInitiate,
  callsEscalate,
  callsIntervene,
  callsEnd,
  callsAddNote,
  callsNotes,
  agentsList,
  webhookTelephony,
] as const

export type Endpoint = (typeof endpoints)[number]
/** `GET /api/v1/calls` → its record. The console's client takes these strings, so it carries no schema library. */
export type EndpointByRoute = { [E in Endpoint as `${E['method']} ${E['path']}`]: E }
export type Route = keyof EndpointByRoute
