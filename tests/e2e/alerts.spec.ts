import type { Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Floor, accessToken, expect, signIn, test } from '#tests/e2e/support/floor.ts'

// Calls of the journey's own: nobody speaks but who is told to.
test.use({ floorEnv: { SIM_SCENE: 'calm', SIM_CALLS: '2' } })

/** Delivers facts at the front door, signed as a voice platform signs them. */
async function deliver(floor: Floor, events: unknown[]): Promise<void> {
  const secret = readFileSync(join(floor.dataDir, 'webhook-secret'), 'utf8').trim()
  const id = `journey-${Math.random().toString(36).slice(2)}`
  const body = JSON.stringify({ events })
  const now = new Date()
  const answer = await fetch(`${floor.url}/api/v1/webhooks/telephony?company=demo`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, body),
    },
    body,
  })
  expect(answer.status).toBe(200)
}

const started = (id: string, name: string) => ({
  event: 'call.started',
  data: {
    call: {
      id,
      status: 'in_progress',
      from_number: '+12105550142',
      to_number: '+12105550100',
      contact_name: name,
      business_id: 'plumbing',
    },
  },
})
const said = (call_id: string, id: string, text: string) => ({
  event: 'interaction.added',
  data: { call_id, interaction: { id, speaker: 'customer', text } },
})
const badge = (page: Page) => page.getByRole('button', { name: /^Alerts:/ })

test('danger is said on a call: the alert is found, opened at its line and taken, without a mouse', async ({
  page,
  floor,
  clean: _clean,
}) => {
  await signIn(page, floor)
  await deliver(floor, [
    started('danger-1', 'Ana Ruiz'),
    said('danger-1', 'a', 'Hello, it is about my furnace.'),
    said('danger-1', 'b', 'I can smell gas in the kitchen.'),
  ])
  await expect(badge(page)).toHaveAccessibleName(/critical/)
  await expect(page).toHaveTitle(/^\(\d+\) /)
  const row = page.locator('[data-call-id="danger-1"]')
  await expect(row.getByRole('img', { name: /Alert, critical: Said “smell gas”/ })).toBeVisible()
  await page.keyboard.press('i')
  const inbox = page.getByRole('complementary', { name: 'Alerts' })
  const entry = inbox.getByRole('listitem').filter({ hasText: 'Ana Ruiz' })
  await expect(entry).toContainText('Danger on the line')
  await page.keyboard.press('a')
  await page.keyboard.type('Told her to leave the house.')
  await page.keyboard.press('Enter')
  await expect(entry).toContainText('You have it')
  await expect(entry).toContainText('Told her to leave the house.')
  await entry.getByRole('button', { name: /^Open call/ }).press('Enter')
  await expect(page).toHaveURL(/\/live\/danger-1/)
  await expect(page.getByText('I can smell gas in the kitchen.').first()).toBeVisible()
  await page.reload()
  await expect(badge(page)).toBeVisible()
  await page.keyboard.press('i')
  await expect(inbox.getByRole('listitem').filter({ hasText: 'Ana Ruiz' })).toContainText('You have it')
})

test('a storm of two hundred alerts is one card, and one act takes them all', async ({ page, floor }) => {
  await signIn(page, floor)
  const ids = Array.from({ length: 200 }, (_, index) => `storm-${index}`)
  await deliver(
    floor,
    ids.flatMap((id, index) => [started(id, `Caller ${index}`), said(id, 'a', 'Carbon monoxide, I think.')]),
  )
  await page.keyboard.press('i')
  const inbox = page.getByRole('complementary', { name: 'Alerts' })
  const card = inbox.getByRole('region', { name: 'Storm of alerts' })
  await expect(card).toContainText(/20\d alerts at once/)
  expect(await inbox.locator('[data-alert-id][data-severity="critical"]').count()).toBe(0)
  await card.getByRole('button', { name: /^Acknowledge all/ }).click()
  await card.getByRole('button', { name: /^Yes, I have all/ }).click()
  await expect(card).toContainText('0 active')
  await expect(badge(page)).not.toHaveAccessibleName(/critical/)
})

test('a rule is written with its count of the last day, saved, fires, and is deleted and brought back', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await deliver(floor, [started('past-1', 'Cy Dee'), said('past-1', 'a', 'Where is my zeppelin?')])
  await page.goto(`${floor.url}/manage/alerts`)
  await page.getByRole('button', { name: 'New rule' }).click()
  const form = page.getByRole('form', { name: 'New rule' })
  await form.getByRole('button', { name: 'Add the rule' }).click()
  await expect(form).toContainText('Give the rule a name.')
  await form.getByRole('textbox', { name: 'Name' }).fill('Zeppelins')
  await form.getByRole('combobox', { name: 'When' }).click()
  await page.getByRole('option', { name: 'Something is said', exact: true }).click()
  await form.getByRole('textbox', { name: /^Words or phrases/ }).fill('zeppelin')
  const preview = form.getByRole('region', { name: 'What it would have done' })
  await expect(preview).toContainText(/Would have fired 1 time/)
  await expect(preview.getByRole('link', { name: 'Cy Dee' })).toBeVisible()
  await form.getByRole('button', { name: 'Add the rule' }).click()
  const rules = page.getByRole('region', { name: 'Rules' })
  await expect(rules).toContainText('Zeppelins')
  await deliver(floor, [said('past-1', 'b', 'My zeppelin, please.')])
  await expect
    .poll(async () => {
      const token = await accessToken(floor, 'manager')
      const answer = await fetch(`${floor.url}/api/v1/alerts?call_id=past-1`, {
        headers: { authorization: `Bearer ${token}` },
      })
      return ((await answer.json()) as { alerts: { rule_name: string }[] }).alerts.map(
        ({ rule_name }) => rule_name,
      )
    })
    .toEqual(['Zeppelins'])
  await rules.getByRole('button', { name: 'Delete Zeppelins' }).click()
  await rules.getByRole('button', { name: 'Delete “Zeppelins”' }).click()
  await expect(rules).not.toContainText('Zeppelins')
  await page.keyboard.press('z')
  await expect(rules).toContainText('Zeppelins')
})
