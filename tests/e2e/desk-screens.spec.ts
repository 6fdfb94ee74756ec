// Axe over the desk's other screens, each in both themes.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, openCall, test } from '#tests/e2e/support/platform.ts'
import { startProxy } from '#tests/e2e/support/proxy.ts'
import { danger, waitForPeople } from '#tests/e2e/support/situations.ts'

/** Over the page, or this part of it: fails with the theme, the rule and the place of everything that axe finds. */
async function expectNoViolations(page: Page, part?: string): Promise<void> {
  const found: string[] = []
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset['mantineColorScheme'] = name
    }, scheme)
    // What slides, fades or changes its colour is judged as it stands.
    await page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
          .map(({ finished }) => finished.catch(() => undefined)),
      ),
    )
    const axe = new AxeBuilder({ page })
    const { violations } = await (part === undefined ? axe : axe.include(part)).analyze()
    for (const { id, nodes } of violations)
      found.push(`${scheme}, ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }
  expect(found).toEqual([])
}

test('axe finds nothing in inbox, queue, rule editor and views', async ({ page, floor, line }) => {
  await danger(line, ['Ana Ruiz', 'Ben Ode'])
  await waitForPeople(line, ['Cy Dee', 'Di Eck'])
  await signIn(page, floor)
  await page.keyboard.press('i')
  const inbox = page.getByRole('complementary', { name: 'Alerts' })
  const entry = inbox.getByRole('listitem').filter({ hasText: 'Ana Ruiz' })
  await expect(entry).toBeVisible()
  await entry.getByRole('button', { name: /^Acknowledge/ }).click()
  await entry.getByRole('textbox', { name: /^Note/ }).fill('She leaves the house.')
  await page.keyboard.press('Enter')
  await expect(entry).toContainText('You have it')
  await danger(
    line,
    Array.from({ length: 12 }, (_, index) => `Caller ${index}`),
  )
  await expect(inbox.getByRole('region', { name: 'Storm of alerts' })).toBeVisible()
  await inbox.getByRole('button', { name: 'Show each' }).click()
  await expect(inbox.getByText('You have it')).toBeVisible()
  await inbox.getByRole('button', { name: 'Acknowledge', exact: true }).first().click()
  await expect(inbox.getByRole('textbox', { name: /^Note/ })).toBeFocused()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await page.keyboard.press('v')
  const views = page.getByRole('dialog')
  await views.getByRole('button', { name: /as a new view/ }).click()
  await page.keyboard.type('Seen by axe')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/view=/)
  await page.keyboard.press('v')
  await expect(views.getByRole('button', { name: 'Rename' })).toBeVisible()
  await expectNoViolations(page)
  await page.keyboard.press('Escape')

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const waiting = page.getByRole('region', { name: 'Waiting' })
  await expect(waiting.getByRole('listitem').filter({ hasText: 'Di Eck' })).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'With a person' })).toContainText('Dana Whitfield has it')
  await expectNoViolations(page)

  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('button', { name: 'New rule' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add the rule' }).click()
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await expect(page.getByRole('region', { name: 'What it would have done' })).toContainText(
    'Would have fired',
  )
  await expectNoViolations(page)
})

test('axe finds nothing in a transfer that is being briefed, nor where an override asks to be confirmed', async ({
  page,
  floor,
  line,
  desk,
  clean,
}) => {
  clean.allow(/ERR_|WebSocket/)
  // The platform does not say that it heard of the transfer: nobody is rung yet.
  desk.onCommand = (command) => {
    if (command.action !== 'transfer') command.answer()
  }
  const callId = await line.startCall({ business_id: 'roofing', contact_name: 'Marisol Trevino' })
  await line.say(callId, 'My roof is leaking into the kitchen.')
  const proxy = await startProxy(floor)
  await signIn(page, proxy)
  await openCall(page, proxy, callId)
  await page.keyboard.press('o')
  await page.getByRole('textbox', { name: /^Instructions for/ }).fill('Offer the tarp tonight.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Press again to confirm')).toBeVisible()
  await expectNoViolations(page, '.pane')
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await page
    .getByRole('region', { name: 'Step in' })
    .getByRole('button', { name: /escalate|ask/i })
    .last()
    .click()
  await expect(page.locator('[data-transfer="briefing"]')).toBeVisible()
  // It stays so for the page, however long the look takes.
  proxy.strand()
  await expectNoViolations(page, '.pane')
  await expect(page.locator('[data-transfer="briefing"]')).toBeVisible()
  await proxy.close()
})
