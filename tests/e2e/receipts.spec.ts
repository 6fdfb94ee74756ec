import type { Page } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { type Command, type Desk, expect, openCall, test } from '#tests/e2e/support/platform.ts'

test('a call that ends while a command is on its way: the receipt says so, and stays', async ({
  page,
  floor,
  line,
  desk,
}) => {
  const call = await line.startCall()
  await line.say(call, 'I have to hang up now.')
  await signIn(page, floor)
  await openCall(page, floor, call)
  const underWay = nextCommand(desk)
  await sendMessage(page, 'One moment, please.')
  const command = await underWay
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toHaveAttribute('data-receipt', 'sent')
  await line.endCall(call)
  const refused = 'refused: The call ended before this could be carried out.'
  await expect(receipt).toContainText(refused)
  // The platform takes it all the same, too late: the receipt does not go back.
  command.answer(202)
  await page.reload()
  await expect(receipt).toHaveCount(1)
  await expect(receipt).toContainText(refused)
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeHidden()
})

test('a platform that says nothing: no answer yet, until it reports', async ({ page, floor, line, desk }) => {
  const call = await line.startCall()
  await line.say(call, 'Hello?')
  await signIn(page, floor)
  await openCall(page, floor, call)
  const underWay = nextCommand(desk)
  await sendMessage(page, 'We are looking into it.')
  const { command_id } = await underWay
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toContainText('no answer yet')
  await line.report({
    event: 'intervention.updated',
    data: { call_id: call, command_id, state: 'applied' },
  })
  await expect(receipt).toHaveAttribute('data-receipt', 'applied')
})

test('a request that was lost is checked, and carried out once', async ({
  page,
  floor,
  line,
  desk,
  clean,
}) => {
  clean.allow(/Failed to load resource/)
  const call = await line.startCall()
  await line.say(call, 'Are you still there?')
  await signIn(page, floor)
  await openCall(page, floor, call)
  const asked: string[] = []
  const path = '**/api/v1/calls/*/intervene'
  await page.route(path, (route) => {
    asked.push((route.request().postDataJSON() as { command_id: string }).command_id)
    return route.abort()
  })
  await sendMessage(page, 'Yes, I am here.')
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toContainText('no answer yet')
  expect(desk.commands).toEqual([])

  await page.unroute(path)
  await receipt.getByRole('button', { name: 'Check' }).click()
  await expect(receipt).toHaveAttribute('data-receipt', 'delivered')
  await expect(receipt).toHaveCount(1)
  expect(desk.commands.map(({ command_id, text }) => [command_id, text])).toEqual([
    [asked[0], 'Yes, I am here.'],
  ])
})

test('an answer that was lost is made good by the live line', async ({ page, floor, line, desk, clean }) => {
  clean.allow(/Failed to load resource/)
  const call = await line.startCall()
  await line.say(call, 'What does it cost?')
  await signIn(page, floor)
  await openCall(page, floor, call)
  await page.route('**/api/v1/calls/*/intervene', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await sendMessage(page, 'Nothing at all.')
  const receipt = page.locator('[data-receipt]')
  await expect(receipt).toHaveAttribute('data-receipt', 'delivered')
  await expect(receipt).toHaveCount(1)
  expect(desk.commands).toHaveLength(1)
})

test('two supervisors at once: one has the call, the other takes it over, and both acts are shown to both, with their owners', async ({
  page,
  browser,
  floor,
  line,
  desk,
  clean,
}) => {
  clean.allow(/status of 409/)
  const call = await line.startCall()
  await line.say(call, 'Which of you is it?')
  const context = await browser.newContext()
  const second = await context.newPage()
  await Promise.all([signIn(page, floor), signIn(second, floor, 'Marcus Oyelaran')])
  await Promise.all([openCall(page, floor, call), openCall(second, floor, call)])
  await Promise.all([writeMessage(page, 'Dana is here.'), writeMessage(second, 'Marcus is here.')])
  await Promise.all([page.keyboard.press('Enter'), second.keyboard.press('Enter')])
  // Whoever was second is told by name, and does it all the same.
  const takeOver = (screen: Page) => screen.getByRole('button', { name: 'Take over and send the message' })
  await expect(async () => {
    expect((await takeOver(page).count()) + (await takeOver(second).count())).toBe(1)
  }).toPass()
  await ((await takeOver(page).count()) === 1 ? takeOver(page) : takeOver(second)).click()
  for (const screen of [page, second]) {
    await expect(screen.locator('[data-receipt="delivered"]')).toHaveCount(2)
    for (const [who, text] of [
      ['Dana W.', 'Dana is here.'],
      ['Marcus O.', 'Marcus is here.'],
    ] as const) {
      const act = screen.locator('.line-act').filter({ hasText: text })
      await expect(act).toHaveCount(1)
      await expect(act).toContainText(who)
    }
  }
  expect(desk.commands.map(({ by, text }) => `${by.name}: ${text}`).sort()).toEqual([
    'Dana Whitfield: Dana is here.',
    'Marcus Oyelaran: Marcus is here.',
  ])
  await context.close()
})

/** The next command that reaches the platform, left without an answer. */
function nextCommand(desk: Desk): Promise<Command> {
  return new Promise((resolve) => {
    desk.onCommand = resolve
  })
}

async function writeMessage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message to Ava' }).fill(text)
}

async function sendMessage(page: Page, text: string): Promise<void> {
  await writeMessage(page, text)
  await page.keyboard.press('Enter')
}
