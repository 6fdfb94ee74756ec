import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, test } from '#tests/e2e/support/platform.ts'
import { waitForPeople } from '#tests/e2e/support/situations.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(390)
}

test('on a phone a call is found, read over the whole screen and spoken to', async ({
  page,
  floor,
  line,
  desk,
}, info) => {
  await page.goto(floor.url)
  await expect(page.getByRole('button', { name: /Dana Whitfield/ })).toBeVisible()
  await expectNoSideways(page)
  const call = await line.startCall({ contact_name: 'Wilhelmina Featherstonehaugh-Montgomery' })
  await line.startCall()
  await line.say(call, `My tap drips ${'and drips '.repeat(40)} https://example.com/${'x'.repeat(120)}`)
  await line.say(call, 'I am listening.', 'ai')
  await signIn(page, floor)
  await expectNoSideways(page)
  await page.screenshot({ path: info.outputPath('board.png') })

  await page.locator(`[data-call-id="${call}"]`).tap()
  const pane = page.getByRole('complementary', { name: /^Open call/ })
  await expect(page.locator('[data-interaction-id]').last()).toContainText('I am listening.')
  // The pane slides in; it is there when it has the width of the screen.
  await expect
    .poll(async () => {
      const box = await pane.boundingBox()
      return box && [Math.round(box.x), Math.round(box.width)]
    })
    .toEqual([0, 390])
  await expectNoSideways(page)
  const box = page.getByRole('textbox', { name: 'Message to Ava' })
  await box.tap()
  await box.fill('A plumber is on the way.')
  await page.getByRole('button', { name: /^Send to Ava/ }).tap()
  await expect(page.locator('[data-receipt="delivered"]')).toBeInViewport()
  await expectNoSideways(page)
  await page.screenshot({ path: info.outputPath('call.png') })
  expect(desk.commands.map(({ text }) => text)).toEqual(['A plumber is on the way.'])
  await page.getByRole('button', { name: /^Close/ }).tap()
  await expect(page.locator(`[data-call-id="${call}"]`)).toBeInViewport()
})

/** Every target is at least 44 px each way, and none stands over another. */
async function expectForThumbs(targets: Locator): Promise<void> {
  const boxes = await targets.evaluateAll((all) =>
    all
      .map((one) => ({ name: one.textContent ?? '', box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1)
      .map(({ name, box: { left, right, width, height } }) => ({ name, left, right, width, height })),
  )
  expect(boxes.length).toBeGreaterThan(0)
  expect(boxes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([])
  expect(boxes.filter(({ left, right }) => left < 0 || right > 390)).toEqual([])
}

test('four areas stand at the foot of a phone; the rest is under More, with what waits there', async ({
  page,
  floor,
  line,
}, info) => {
  await waitForPeople(line, ['Cy Dee', 'Di Eck'])
  await signIn(page, floor, 'Ingrid Solberg')
  const bar = page.getByRole('navigation', { name: 'Areas' })
  const places = bar.locator('li > a:visible, li > button:visible')
  await expect(places).toHaveText([/^Live/, /^Calls/, /^Analytics/, /^Alerts/, /^More/])
  await expectForThumbs(places)
  expect(await bar.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
  await expectNoSideways(page)

  // Who only reads has the queue under More, and More says how many wait there.
  const more = bar.getByRole('button', { name: /^More/ })
  await expect(more).toHaveAccessibleName(/2 waiting/)
  await more.focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'More' })
  const queue = sheet.getByRole('link', { name: /^Escalations/ })
  await expect(queue).toHaveAccessibleName(/2 waiting/)
  await expectForThumbs(sheet.locator('a, button, label'))
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await page.screenshot({ path: info.outputPath('more.png') })
  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(more).toBeFocused()

  await more.tap()
  await queue.tap()
  await expect(page).toHaveURL(/\/escalations$/)
  await expect(sheet).toHaveCount(0)
  await expect(more).toHaveAttribute('aria-current', 'true')
  await expect(more).toHaveAccessibleName(/Escalations is open/)
  await bar.getByRole('link', { name: 'Live' }).tap()
  await expect(more).not.toHaveAttribute('aria-current')

  // What a person chooses for themselves is there too.
  await more.tap()
  await sheet.getByText('Light', { exact: true }).tap()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await sheet.getByRole('button', { name: 'Find and do anything' }).tap()
  await expect(page.getByRole('combobox', { name: /^Action, call/ })).toBeFocused()
})
