// The endpoints of alerts and of the rules that raise them.
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
import type { Db } from '#server/db/database.ts'
import type { Clock } from '#server/domain/clock.ts'
import type { RegisterEndpoint } from '#server/domain/endpoint-handler.ts'
import type { Ingest } from '#server/ingest/port.ts'
import { handleAlert, handleAlerts, listAlerts } from '#server/modules/alerts/alerts-service.ts'
import { previewRule } from '#server/modules/alerts/rule-preview.ts'
import { addRule, changeRule, listRules, setDeleted } from '#server/modules/alerts/rules-service.ts'

export interface AlertRouteOptions {
  db: Db
  ingest: Ingest
  clock: Clock
  /** Told after every change of a rule. */
  onRules: () => void
}

export function registerAlerts(register: RegisterEndpoint, options: AlertRouteOptions): void {
  const { db, ingest, clock, onRules } = options

  register(alertsList, async ({ principal, query }) => ({
    status: 200,
    body: await listAlerts(db, principal, query),
  }))

  register(alertsUpdate, async ({ principal, params, body }) => ({
    status: 200,
    body: { alert: await handleAlert({ db, ingest, now: clock.now() }, principal, params.alert_id, body) },
  }))

  register(alertsUpdateMany, async ({ principal, body: { alert_ids, ...act } }) => ({
    status: 200,
    body: await handleAlerts({ db, ingest, now: clock.now() }, principal, alert_ids, act),
  }))

  register(alertRulesList, async ({ principal }) => ({
    status: 200,
    body: { rules: await listRules(db, principal.companyId) },
  }))

  register(alertRulesCreate, async ({ principal, body }) => {
    const rule = await addRule(db, principal.companyId, body, clock.now())
    onRules()
    return { status: 201, body: { rule } }
  })

  register(alertRulesPreview, async ({ principal: { companyId }, body: rule }) => ({
    status: 200,
    body: await previewRule({ db, companyId, rule, now: clock.now() }),
  }))

  register(alertRulesUpdate, async ({ principal, params, body }) => {
    const rule = await changeRule(db, principal.companyId, params.rule_id, body, clock.now())
    onRules()
    return { status: 200, body: { rule } }
  })

  register(alertRulesDelete, async ({ principal, params }) => {
    await setDeleted(db, principal.companyId, params.rule_id, true, clock.now())
    onRules()
    return { status: 200, body: { success: true } }
  })

  register(alertRulesRestore, async ({ principal, params }) => {
    const rule = await setDeleted(db, principal.companyId, params.rule_id, false, clock.now())
    onRules()
    return { status: 200, body: { rule } }
  })
}
