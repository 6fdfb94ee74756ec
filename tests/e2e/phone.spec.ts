import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, test } from '#tests/e2e/support/platform.ts'

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
