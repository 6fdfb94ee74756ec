import { expect, test } from 'vitest'
import type { Alert } from '#contract/alert.ts'
import { reminderDue } from '#server/domain/alerts/reminder.ts'
import { makeAlert } from '#tests/support/factories.ts'
import { at, start } from '#tests/server/domain/alerts/alert-rig.ts'

const taken = (over: Partial<Alert> = {}) =>
  makeAlert({
    id: 'a',
    state: 'acknowledged',
    acknowledged_at: at(60),
    owner: { id: 'u', name: 'Wen' },
    ...over,
  })
const every = (remind_after_min: number | null | undefined) => ({ remind_after_min })

test.each<[string, ReturnType<typeof every>, Alert, number | null]>([
  ['the rule says never', every(null), taken(), null],
  ['the rule is from before there were reminders', every(undefined), taken(), null],
  ['nobody has it yet', every(15), makeAlert({ id: 'a', active_at: at(0) }), null],
  ['somebody has it', every(15), taken(), 60 + 900],
  ['somebody was reminded already', every(15), taken({ reminded_at: at(1000) }), 1000 + 900],
  ['it is put off longer', every(15), taken({ snoozed_until: at(3600) }), 3600],
  ['it is put off shorter', every(15), taken({ snoozed_until: at(100) }), 60 + 900],
])('when an alert asks again: %s', (_, rule, alert, seconds) => {
  expect(reminderDue(rule, alert)).toBe(seconds === null ? null : start + seconds * 1000)
})
