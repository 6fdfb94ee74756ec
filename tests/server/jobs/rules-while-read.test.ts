// Rules that somebody changes in the very moment in which they are read are read again at the next look, not after a while.
import { expect, test } from 'vitest'
import type { Db } from '#server/db/database.ts'
import { type Clock, systemClock } from '#server/domain/clock.ts'
import type { Fact } from '#server/domain/fact.ts'
import { createAlertJob } from '#server/jobs/alerts.ts'
import { addRule } from '#server/modules/alerts/rules-service.ts'
import { seedDemo } from '#server/seed-demo.ts'
import { useDatabase } from '#tests/support/database.ts'
import { eventually } from '#tests/support/eventually.ts'
import { makeCall } from '#tests/support/factories.ts'

const database = useDatabase()
const now = Date.parse('2026-11-20T14:00:00.000Z')

/** The database, whose answers about alert rules are kept back by the test; nobody else has to wait meanwhile. */
function withHeldRules(db: Db) {
  const reads: (() => void)[] = []
  const holding = <T extends object>(query: T): T =>
    new Proxy(query, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...given: unknown[]): unknown => {
          const result = member.apply(target, given) as object
          if (name !== 'execute') return holding(result)
          return Promise.resolve(result).then(async (rows) => {
            await new Promise<void>((release) => void reads.push(release))
            return rows
          })
        }
      },
    })
  const held = new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (name === 'selectFrom')
        return (table: 'alert_rules') =>
          table === 'alert_rules' ? holding(target.selectFrom(table)) : target.selectFrom(table)
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
  return { db: held, reads }
}

test('a rule that is added while the rules are being read watches from the next look on', async () => {
  const { db } = database()
  await seedDemo(db, 'whsec_of_this_test', now)
  const { db: held, reads } = withHeldRules(db)
  let beat = () => {}
  const clock: Clock = {
    ...systemClock,
    now: () => now,
    setInterval(fn) {
      beat = fn
      return 0
    },
    clearInterval: () => {},
  }
  const call = makeCall({ id: 'long', started_at: new Date(now - 600_000).toISOString() })
  const told: string[] = []
  const job = createAlertJob({
    db: held,
    clock,
    floorOf: async (companyId) => ({
      calls: () => (companyId === 'demo' ? [call] : [])[Symbol.iterator](),
      follow: () => () => {},
    }),
    submit: async (_, facts: readonly Fact[]) => {
      for (const fact of facts) if (fact.event === 'desk.alert') told.push(fact.data.alert.rule_name)
    },
    onError: (error) => {
      throw error
    },
  })
  job.start()
  beat()
  // What was read is on its way and knows nothing of the new rule.
  await eventually(() => expect(reads).toHaveLength(1))
  await addRule(
    db,
    'demo',
    {
      name: 'Ten minutes',
      business_id: null,
      severity: 'warning',
      condition: { type: 'duration', seconds: 60 },
      min_duration_s: 0,
      hysteresis: 0,
      recipients: ['manager'],
      enabled: true,
    },
    now,
  )
  job.rulesChanged()
  reads[0]?.()
  await eventually(() => {
    beat()
    expect(reads).toHaveLength(2)
  })
  reads[1]?.()
  await eventually(() => {
    beat()
    expect(told).toContain('Ten minutes')
  })
  await job.stop()
})
