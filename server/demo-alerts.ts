// The alert rules the demo begins with: few, and each names something a supervisor can act on while the call lasts.
import type { AlertRuleBody } from '#contract/alert.ts'
import type { Db } from '#server/db/database.ts'

const desk = ['dispatcher', 'manager', 'owner'] as const
const rule = (body: Partial<AlertRuleBody> & Pick<AlertRuleBody, 'name' | 'severity' | 'condition'>) => ({
  business_id: null,
  min_duration_s: 0,
  hysteresis: 0,
  recipients: [...desk],
  ...body,
})

/** Thresholds are such that a calm floor tells one supervisor less than one warning or worse in ten minutes. */
export const demoAlertRules = [
  rule({
    name: 'Danger on the line',
    severity: 'critical',
    condition: {
      type: 'keyword',
      words: ['smell gas', 'gas smell', 'carbon monoxide'],
      by: 'customer',
    },
  }),
  rule({
    name: 'Waits too long for a person',
    severity: 'critical',
    condition: { type: 'escalation_waiting', seconds: 90 },
    recipients: ['csr', ...desk],
  }),
  rule({
    name: 'Mood stays very low',
    severity: 'warning',
    condition: { type: 'sentiment_below', score: 0.15 },
    min_duration_s: 45,
    hysteresis: 0.1,
  }),
  rule({
    name: 'Nobody speaks',
    severity: 'warning',
    condition: { type: 'silence', seconds: 90 },
  }),
  rule({
    name: 'A command did not arrive',
    severity: 'warning',
    condition: { type: 'failed_command' },
  }),
  rule({
    name: 'Recording not announced',
    severity: 'info',
    condition: { type: 'not_said', phrases: ['recorded', 'recording'], by: 'ai', within_minutes: 1 },
  }),
  rule({
    name: 'QA stays low',
    severity: 'info',
    condition: { type: 'qa_below', score: 0.45 },
    min_duration_s: 30,
    hysteresis: 0.05,
  }),
  rule({
    name: 'Long call',
    severity: 'info',
    condition: { type: 'duration', seconds: 900 },
  }),
]

/** Adds the rules to a company that never had any. */
export async function seedAlertRules(db: Db, companyId: string, at: string): Promise<void> {
  const known = await db
    .selectFrom('alert_rules')
    .select('id')
    .where('company_id', '=', companyId)
    .limit(1)
    .executeTakeFirst()
  if (known) return
  await db
    .insertInto('alert_rules')
    .values(
      demoAlertRules.map((data, index) => ({
        company_id: companyId,
        id: `rule-demo-${index + 1}`,
        data: JSON.stringify(data),
        enabled: true,
        created_at: at,
        updated_at: at,
        deleted_at: null,
      })),
    )
    .execute()
}
