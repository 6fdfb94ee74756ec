import type { Browser, Page } from '@playwright/test'
import { accessToken, expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

// Two people at two desks act on one call; the rules of the demo shall not ask for a person meanwhile.
test.use({ floorEnv: { SIM_SCENE: 'calm', SIM_SPEED: '1' } })
test.setTimeout(150_000)

const bar = (page: Page) => page.getByRole('region', { name: 'Who has this call' })
const message = (page: Page) => page.getByRole('textbox', { name: /^Message to/ })

/** A second desk, with its own sign-in, and a window in which every row of the floor is in sight. */
async function desk(browser: Browser, floor: { url: string }, name: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 2400 } })).newPage()
  await signIn(page, floor, name)
  return page
}

test('the second to act is told who was first: before, and by the server; what was typed is kept, and taken over by name', async ({
  page,
  floor,
  browser,
  clean,
}) => {
  clean.allow(/status of 409/)
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  const marcus = await desk(browser, floor, 'Marcus Oyelaran')
  await marcus.goto(`${floor.url}/live/${callId}`)
  await expect(bar(marcus)).toContainText('Nobody has this call in hand.')
  await expect(bar(page)).toContainText('Also watching: Marcus Oyelaran')

  // Dana acts: the call is hers, and Marcus sees it before he does anything.
  await message(page).fill('We are on our way to you.')
  await message(page).press('Enter')
  await expect(bar(page)).toContainText('You have this call')
  await expect(bar(marcus)).toContainText(/Dana Whitfield has this call since/)
  const row = marcus.locator(`[role="row"][data-call-id="${callId}"] [data-mark="claim"]`)
  await expect(row).toHaveText('DW')

  // He acts all the same: the server says no, by name, and nothing of his words is lost.
  const words = 'A technician calls you back at noon.'
  await message(marcus).fill(words)
  await message(marcus).press('Enter')
  const dialog = marcus.getByRole('dialog', { name: 'Dana Whitfield has this call' })
  await dialog.getByRole('button', { name: /Leave it/ }).click()
  await expect(message(marcus)).toHaveValue(words)
  await message(marcus).press('Enter')
  await dialog.getByRole('button', { name: 'Take over and send the message' }).click()
  await expect(dialog).toBeHidden()
  await expect(message(marcus)).toHaveValue('')
  await expect(bar(page)).toContainText(/Marcus Oyelaran took this call over from you/)
  await expect(marcus.locator('[data-interaction-id]').filter({ hasText: words }).first()).toBeVisible({
    timeout: 40_000,
  })
  // Once, and never what was refused.
  await expect(marcus.locator('[data-interaction-id]').filter({ hasText: words })).toHaveCount(1)

  // A reload forgets none of it.
  await page.reload()
  await expect(bar(page)).toContainText(/Marcus Oyelaran took this call over from you/)
  await expect(page.getByText(/applied at line \d+/).first()).toBeVisible()
  await marcus.context().close()
})

test('the call is asked for and handed over with one key, wherever its holder is', async ({
  page,
  floor,
  browser,
}) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  await page.keyboard.press('t')
  await expect(bar(page)).toContainText('You have this call')
  const marcus = await desk(browser, floor, 'Marcus Oyelaran')
  await marcus.goto(`${floor.url}/live/${callId}`)
  await expect(bar(marcus)).toContainText(/Dana Whitfield has this call/)
  await marcus.keyboard.press('r')
  await expect(bar(marcus)).toContainText('asked, no answer yet')
  await expect(bar(page)).toContainText('Marcus Oyelaran asks for this call')
  await page.keyboard.press('h')
  await expect(bar(marcus)).toContainText('You have this call')
  await expect(bar(page)).toContainText(/Marcus Oyelaran has this call/)

  // Asked for on the board: the holder is told there too.
  await marcus.goto(`${floor.url}/live`)
  await page.keyboard.press('r')
  const news = marcus.getByRole('region', { name: 'News of your calls' })
  await expect(news).toContainText('Dana Whitfield asks for a call that you have.')
  await news.getByRole('button', { name: 'Keep' }).click()
  await expect(bar(page)).not.toContainText('asked, no answer yet')
  await marcus.context().close()
})

test('a pause of thirty seconds counts down for everybody and ends by itself', async ({
  page,
  floor,
  browser,
}) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  const ruth = await desk(browser, floor, 'Ingrid Solberg')
  await ruth.goto(`${floor.url}/live/${callId}`)
  await page.keyboard.press('Shift+P')
  const holds = (on: Page) => on.getByRole('list', { name: 'What holds on this call' })
  await expect(holds(ruth)).toContainText(/paused by Dana Whitfield .*resumes by itself in 00:[0-2]\d/)
  await expect(holds(page)).toBeVisible()
  await expect(holds(page)).toBeHidden({ timeout: 45_000 })
  await expect(page.getByText('The time of Dana Whitfield’s pause is over.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeVisible()
  await ruth.context().close()
})

test('many who reach for one call at the same instant: one has it, on every screen', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  const tokens = await Promise.all(['owner', 'dispatcher'].map((name) => accessToken(floor, name)))
  const answers = await Promise.all(
    tokens.map((token) =>
      fetch(`${floor.url}/api/v1/calls/${callId}/claim`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      }).then((answer) => answer.status),
    ),
  )
  expect(answers.toSorted((a, b) => a - b)).toEqual([200, 409])
  await expect(bar(page)).toContainText(/(Ruth Castellanos|Marcus Oyelaran) has this call/)
})
