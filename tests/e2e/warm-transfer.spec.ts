import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { type Command, type Line, expect, openCall, test } from '#tests/e2e/support/platform.ts'

const transfer = (page: Page) => page.getByRole('region', { name: 'Transfer to a person' })
const stands = (page: Page, state: string) =>
  expect(transfer(page)).toHaveAttribute('data-transfer', state, { timeout: 20_000 })

/** A roofing call in which the caller has said what they need. */
async function roofCall(line: Line): Promise<string> {
  const callId = await line.startCall({ business_id: 'roofing', contact_name: 'Marisol Trevino' })
  await line.say(callId, 'My roof is leaking into the kitchen.')
  await line.say(callId, "I'll send a crew tomorrow at nine.", 'ai')
  return callId
}

test('one says no, the next one takes it, reads the briefing, and hands the call back', async ({
  page,
  floor,
  line,
  desk,
}) => {
  const rung: Command[] = []
  desk.onCommand = (command) => {
    if (command.action === 'transfer') rung.push(command)
    command.answer()
  }
  const callId = await roofCall(line)
  await signIn(page, floor)
  await openCall(page, floor, callId)
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'What they should know' }).fill('Water on the floor.')
  await page.getByRole('button', { name: /^Ask for a person/ }).click()
  await stands(page, 'ringing')
  await transfer(page).getByRole('button', { name: 'More about the transfer' }).click()
  await expect(transfer(page)).toContainText('then the next free agent is asked')

  const about = (escalation: object) =>
    line.report({ event: 'escalation.updated', data: { call_id: callId, escalation } })
  await about({ transfer: { state: 'rejected', reason: 'Busy on a roof.' } })
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(2)
  await stands(page, 'ringing')
  const asked = transfer(page).getByRole('list', { name: 'Who was asked' }).getByRole('listitem')
  await expect(asked.first()).toContainText('said no (Busy on a roof.)')
  await expect(asked).toHaveCount(2)

  await page.getByRole('button', { name: /^Briefing/ }).click()
  const briefing = transfer(page)
  await expect(briefing).toContainText('My roof is leaking into the kitchen.')
  await briefing.getByRole('button', { name: 'Correct' }).click()
  const form = page.getByRole('form', { name: 'Correct the briefing' })
  await form.getByRole('textbox', { name: 'Open questions, one a line' }).fill('Will the ceiling hold?')
  await form.getByRole('button', { name: 'Save the briefing' }).click()
  await expect(briefing).toContainText('Corrected by')
  await expect(briefing).toContainText('Will the ceiling hold?')

  const command_id = rung[1]?.command_id ?? ''
  await line.report({
    event: 'intervention.updated',
    data: { call_id: callId, command_id, state: 'applied' },
  })
  await stands(page, 'bridged')
  await about({ transfer: { state: 'bridged', read_briefing: true } })
  await expect(briefing).toContainText(/Read by .+ at/)

  await page.getByRole('button', { name: 'Hand back to Ava' }).click()
  await page.getByRole('textbox', { name: /promised, one a line/ }).fill('A crew on Thursday at nine')
  await page
    .getByRole('form', { name: 'Hand back to Ava' })
    .getByRole('button', { name: /^Hand back/ })
    .click()
  await expect
    .poll(() => desk.commands.find(({ action }) => action === 'hand_back')?.text)
    .toContain('promised: A crew on Thursday at nine.')
  // The person stays on the call until the platform has carried it out.
  await expect(transfer(page)).toContainText('On its way back to Ava')
  const handBack = desk.commands.find(({ action }) => action === 'hand_back')?.command_id ?? ''
  await line.report({
    event: 'intervention.updated',
    data: { call_id: callId, command_id: handBack, state: 'applied' },
  })
  await stands(page, 'completed')
  await expect(transfer(page)).toContainText('Promised: A crew on Thursday at nine')
})

test('the queue is worked by keys: who waits longest is taken, and the call opened', async ({
  page,
  floor,
  line,
}) => {
  const first = await roofCall(line)
  const second = await roofCall(line)
  for (const call_id of [first, second])
    await line.report({
      event: 'escalation.triggered',
      data: { call_id, escalation: { trigger_type: 'asked_for_human' } },
    })
  await signIn(page, floor)
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const waiting = page.getByRole('region', { name: 'Waiting' }).locator('[data-escalation-id]')
  await expect(waiting).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('a')
  await expect(waiting).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'With a person' })).toContainText('Dana Whitfield has it')
  // Somebody new comes by the live line, without a reload.
  const third = await roofCall(line)
  await line.report({
    event: 'escalation.triggered',
    data: { call_id: third, escalation: { trigger_type: 'sentiment' } },
  })
  await expect(waiting).toHaveCount(2)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/live/${first}`))
})
