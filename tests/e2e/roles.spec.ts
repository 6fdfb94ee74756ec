import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { type Line, expect, expectRows, openCall, test } from '#tests/e2e/support/platform.ts'

const technician = 'demo-tech'
/** The human agent whom the customer service person of the demo is. */
const priya = 'agent-priya'

/** Three calls: one of the technician's, one of customer service's, one of nobody's. */
async function threeCalls(line: Line) {
  const tech = await line.startCall({ contact_name: 'Tilda Tech', assigned_tech_id: technician })
  const service = await line.startCall({ contact_name: 'Sam Service', assigned_agent_id: priya })
  const nobodys = await line.startCall({ contact_name: 'Nils Nobody' })
  return { tech, service, nobodys }
}

async function expectHidden(page: Page, url: string, callId: string): Promise<void> {
  await page.goto(`${url}/live/${callId}`)
  await expect(page.getByText('Call not found.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Step in' })).toHaveCount(0)
}

test('a technician sees the calls of their own and may do nothing to them', async ({ page, floor, line }) => {
  const { tech, service, nobodys } = await threeCalls(line)
  await signIn(page, floor, 'Teo Villarreal')
  await expectRows(page, [tech])
  await openCall(page, floor, tech)
  await expect(page.getByText(/You are watching/)).toBeVisible()
  const acts = page.getByRole('toolbar', { name: 'Acts on this call' })
  for (const name of ['Message', 'Pause AI', 'Override', 'Escalate', 'Note', 'End'])
    await expect(acts.getByRole('button', { name, exact: true })).toHaveAttribute('aria-disabled', 'true')
  await expectHidden(page, floor.url, service)
  await expectHidden(page, floor.url, nobodys)
  // What is handed over to them comes in, what is taken away leaves, with the page open.
  await page.goto(`${floor.url}/live`)
  await expectRows(page, [tech])
  await line.report(
    { event: 'call.updated', data: { call: { id: nobodys, assigned_tech_id: technician } } },
    { event: 'call.updated', data: { call: { id: service, contact_name: 'Sam Serviced' } } },
  )
  await expectRows(page, [tech, nobodys])
})

test('customer service sees its own calls, may escalate and note, and not speak through the AI', async ({
  page,
  floor,
  line,
}) => {
  const { tech, service, nobodys } = await threeCalls(line)
  await signIn(page, floor, 'Priya Raman')
  await expectRows(page, [service])
  await openCall(page, floor, service)
  const acts = page.getByRole('toolbar', { name: 'Acts on this call' })
  for (const name of ['Message', 'Pause AI', 'Override', 'End'])
    await expect(acts.getByRole('button', { name, exact: true })).toHaveAttribute(
      'title',
      'Only dispatchers, managers and owners may do this.',
    )
  await page.keyboard.press('Shift+E')
  await expect(page.getByRole('form', { name: 'End this call' })).toHaveCount(0)
  await page.keyboard.press('n')
  const form = page.getByRole('region', { name: 'Step in' })
  await form.getByRole('textbox').first().fill('Wants a call back at noon.')
  await form.getByRole('button', { name: /^Add note/ }).click()
  await expect(page.locator('.act-note')).toContainText('Wants a call back at noon.')
  await expectHidden(page, floor.url, tech)
  await expectHidden(page, floor.url, nobodys)
})
