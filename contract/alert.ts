// Alerts during the call: rules over live signals, and what became of each alert they raised.
import { z } from 'zod'
import { alertSeverities, alertStates } from '#contract/alert-rules.ts'
import { Person } from '#contract/claim.ts'
import { endpoint } from '#contract/endpoint.ts'
import { roles } from '#contract/permissions.ts'
import { Id, Instant, PageQuery, Pagination, QueryBoolean, Ratio } from '#contract/primitives.ts'

export const AlertSeverity = z.enum(alertSeverities)
export type AlertSeverity = z.infer<typeof AlertSeverity>

export const AlertState = z.enum(alertStates)
export type AlertState = z.infer<typeof AlertState>

const phrases = z
  .array(z.string().trim().min(1, 'Write a word or leave it out.').max(80))
  .min(1, 'Name at least one.')
  .max(20)
const spokenBy = z.enum(['customer', 'ai', 'agent', 'anyone'])
const wholeSeconds = z.number().int().min(1).max(14_400)

/** What has to be true of a live call. Scores are 0–1 as everywhere, spans in seconds or minutes as their names say. */
export const AlertCondition = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('sentiment_below'), score: Ratio }),
    /** Nobody has spoken; a paused AI does not count. */
    z.object({ type: z.literal('silence'), seconds: wholeSeconds }),
    z.object({ type: z.literal('duration'), seconds: wholeSeconds }),
    /** Whole words in any case, as the escalation rules match them. */
    z.object({ type: z.literal('keyword'), words: phrases, by: spokenBy }),
    /** None of the phrases was said in the first minutes of the call. */
    z.object({
      type: z.literal('not_said'),
      phrases,
      by: spokenBy,
      within_minutes: z.number().min(0.25).max(120),
    }),
    z.object({ type: z.literal('escalation_waiting'), seconds: wholeSeconds }),
    z.object({ type: z.literal('qa_below'), score: Ratio }),
    /** A supervisor's command was refused, or the platform gave no answer. */
    z.object({ type: z.literal('failed_command') }),
    z.object({ type: z.literal('attention'), level: z.enum(['watch', 'act']) }),
  ])
  .meta({ id: 'AlertCondition' })
export type AlertCondition = z.infer<typeof AlertCondition>

const ruleMembers = {
  name: z.string().trim().min(1, 'Give the rule a name.').max(80),
  /** The business line it watches; null watches all. */
  business_id: Id.nullable(),
  severity: AlertSeverity,
  condition: AlertCondition,
  /** The condition has to hold this long before anybody is told, seconds. */
  min_duration_s: z.number().int().min(0).max(3600),
  /** How far a score has to recover past its threshold before the alert clears, 0–1; other conditions ignore it. */
  hysteresis: z.number().min(0).max(0.5),
  /** Who is told: badge, cue, notification. */
  recipients: z
    .array(z.enum(roles))
    .min(1, 'Choose who is told.')
    .transform((list) => roles.filter((role) => list.includes(role))),
  /**
   * Whoever has the alert is asked again after so many minutes, while the condition still holds, and so is everybody who is
   * told; null or absent: never.
   */
  remind_after_min: z.number().int().min(1).max(240).nullable().optional(),
  enabled: z.boolean(),
}

/** A rule as it is written. */
export const AlertRuleBody = z.object({
  ...ruleMembers,
  business_id: ruleMembers.business_id.default(null),
  min_duration_s: ruleMembers.min_duration_s.default(0),
  hysteresis: ruleMembers.hysteresis.default(0),
  enabled: ruleMembers.enabled.default(true),
})
export type AlertRuleBody = z.infer<typeof AlertRuleBody>

export const AlertRule = z
  .object({ id: Id, ...ruleMembers, created_at: Instant, updated_at: Instant })
  .meta({ id: 'AlertRule' })
export type AlertRule = z.infer<typeof AlertRule>

/**
 * One alert on one call. Its life: triggered (`triggered_at`, the condition began) → active (`active_at`, it held for the
 * rule's minimum duration and people are told) → acknowledged (it has an owner) → resolved, by itself or by hand.
 */
export const Alert = z
  .object({
    id: Id,
    rule_id: Id,
    /** The rule's name at that time. */
    rule_name: z.string(),
    call_id: Id,
    severity: AlertSeverity,
    state: AlertState,
    recipients: z.array(z.enum(roles)),
    /** Why, in words with numbers. */
    reason: z.string(),
    /** The line that raised it, where there is one. */
    line_id: z.number().int().optional(),
    triggered_at: Instant,
    active_at: Instant,
    acknowledged_at: Instant.optional(),
    /** Who acknowledged it. */
    owner: Person.optional(),
    note: z.string().optional(),
    snoozed_until: Instant.optional(),
    /** Somebody has it, and then it was still true; goes when it is acknowledged anew. */
    reminded_at: Instant.optional(),
    resolved_at: Instant.optional(),
    /** `cleared`: the condition went away; `call_ended`; `rule_off`: the rule was switched off; `by_hand`. */
    resolution: z.enum(['cleared', 'call_ended', 'rule_off', 'by_hand']).optional(),
    resolved_by: Person.optional(),
    /** Raised in a storm that began then: consoles show one card for all since. */
    storm_since: Instant.optional(),
    updated_at: Instant,
  })
  .meta({ id: 'Alert' })
export type Alert = z.infer<typeof Alert>

const ruleParams = z.object({ rule_id: Id })
const oneRule = z.object({ rule: AlertRule })

export const alertRulesList = endpoint({
  id: 'alert-rules-list',
  summary: 'List alert rules by name',
  method: 'GET',
  path: '/api/v1/alert-rules',
  capability: 'alerts.read',
  responses: { 200: z.object({ rules: z.array(AlertRule) }) },
})

export const alertRulesCreate = endpoint({
  id: 'alert-rules-create',
  summary: 'Add an alert rule',
  method: 'POST',
  path: '/api/v1/alert-rules',
  capability: 'alerts.manage',
  body: AlertRuleBody,
  responses: { 201: oneRule },
})

export const alertRulesUpdate = endpoint({
  id: 'alert-rules-update',
  summary: 'Change an alert rule; members that are left out stay',
  method: 'PATCH',
  path: '/api/v1/alert-rules/:rule_id',
  capability: 'alerts.manage',
  params: ruleParams,
  body: z.object(ruleMembers).partial(),
  responses: { 200: oneRule },
  errors: ['RULE_NOT_FOUND'],
})

export const alertRulesDelete = endpoint({
  id: 'alert-rules-delete',
  summary: 'Take an alert rule away; its open alerts are resolved',
  method: 'DELETE',
  path: '/api/v1/alert-rules/:rule_id',
  capability: 'alerts.manage',
  params: ruleParams,
  responses: { 200: z.object({ success: z.literal(true) }) },
  errors: ['RULE_NOT_FOUND'],
})

export const alertRulesRestore = endpoint({
  id: 'alert-rules-restore',
  summary: 'Bring a rule back that was taken away',
  method: 'POST',
  path: '/api/v1/alert-rules/:rule_id/restore',
  capability: 'alerts.manage',
  params: ruleParams,
  responses: { 200: oneRule },
  errors: ['RULE_NOT_FOUND'],
})

export const AlertPreview = z
  .object({
    /** How often the rule would have told somebody. */
    count: z.number().int(),
    /** The calls it would have fired on, newest first, 50 at most. */
    calls: z.array(
      z.object({
        call_id: Id,
        name: z.string(),
        business_name: z.string().optional(),
        at: Instant,
        reason: z.string(),
        line_id: z.number().int().optional(),
      }),
    ),
    /** The stretch of the log that was looked through. */
    from: Instant,
    to: Instant,
    /** False when the day held more than is looked through; `from` says how far back it reached. */
    complete: z.boolean(),
    calls_seen: z.number().int(),
  })
  .meta({ id: 'AlertPreview' })
export type AlertPreview = z.infer<typeof AlertPreview>

export const alertRulesPreview = endpoint({
  id: 'alert-rules-preview',
  summary: 'What a rule would have raised in the last 24 hours, from the recorded log',
  method: 'POST',
  path: '/api/v1/alert-rules/preview',
  capability: 'alerts.manage',
  body: AlertRuleBody.omit({ name: true, enabled: true }),
  responses: { 200: AlertPreview },
  retry: true,
  timeoutMs: 20_000,
})

export const AlertsListQuery = z.object({
  ...PageQuery,
  /** `open` is active and acknowledged. */
  state: z.enum(['open', ...alertStates]).optional(),
  severity: AlertSeverity.optional(),
  /** Only those the caller owns. */
  mine: QueryBoolean.optional(),
  call_id: Id.optional(),
})
export type AlertsListQuery = z.infer<typeof AlertsListQuery>

export const alertsList = endpoint({
  id: 'alerts-list',
  summary: 'List the alerts that are addressed to the caller, newest first',
  method: 'GET',
  path: '/api/v1/alerts',
  capability: 'alerts.read',
  query: AlertsListQuery,
  responses: {
    200: z.object({
      alerts: z.array(Alert),
      pagination: Pagination,
      /** The storm that the caller's open alerts are part of. */
      storm: z.object({ since: Instant, count: z.number().int() }).nullable(),
    }),
  },
})

const acknowledge = z.object({
  action: z.literal('acknowledge'),
  note: z.string().trim().max(500).optional(),
  /** The caller becomes the owner of an alert that a colleague has. */
  force: z.boolean().optional(),
})
const resolve = z.object({ action: z.literal('resolve'), note: z.string().trim().max(500).optional() })
const snooze = z.object({ action: z.literal('snooze'), for: z.enum(['15m', '1h', 'shift']) })

export const alertsUpdate = endpoint({
  id: 'alerts-update',
  summary: 'Acknowledge, snooze or resolve an alert',
  method: 'PATCH',
  path: '/api/v1/alerts/:alert_id',
  capability: 'alerts.handle',
  params: z.object({ alert_id: Id }),
  /** Acknowledging makes the caller its owner; refused with the owner's name when it has one, unless `force`. */
  body: z.discriminatedUnion('action', [acknowledge, resolve, snooze]),
  responses: { 200: z.object({ alert: Alert }) },
  errors: ['ALERT_NOT_FOUND', 'CONFLICT'],
})

const ids = { alert_ids: z.array(Id).min(1).max(500) }

export const alertsUpdateMany = endpoint({
  id: 'alerts-update-many',
  summary: 'Acknowledge, snooze or resolve several alerts together, such as those of a storm',
  method: 'PATCH',
  path: '/api/v1/alerts',
  capability: 'alerts.handle',
  body: z.discriminatedUnion('action', [acknowledge.extend(ids), resolve.extend(ids), snooze.extend(ids)]),
  responses: {
    /** `alerts`: those that changed. `skipped`: those that were resolved already, or that a colleague has. */
    200: z.object({ alerts: z.array(Alert), skipped: z.array(Id) }),
  },
  errors: ['ALERT_NOT_FOUND'],
})
