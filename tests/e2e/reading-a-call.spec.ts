import { type Floor, accessToken, expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'calm', SIM_SPEED: '1' } })

/** A young call of a business on which something was said that an article is about. */
async function helpedCall(floor: Floor): Promise<string> {
  const headers = { authorization: `Bearer ${await accessToken(floor, 'manager')}` }
  const read = async <T>(path: string) =>
    (await (await fetch(`${floor.url}/api/v1${path}`, { headers })).json()) as T
  let found = ''
  await expect
    .poll(
      async () => {
        const { calls } = await read<{ calls: { id: string }[] }>('/calls?status=in_progress&limit=8')
        for (const { id } of calls) {
          const { articles = [] } = await read<{ articles?: unknown[] }>(`/calls/${id}/assist`)
          if (articles.length > 0) found = id
        }
        return found
      },
      { timeout: 90_000, intervals: [8000] },
    )
    .not.toBe('')
  return found
}

test('what the caller said finds an article, and its words go into the message', async ({ page, floor }) => {
  const callId = await helpedCall(floor)
  await signIn(page, floor)
  await page.goto(`${floor.url}/live/${callId}`)
  const help = page.getByRole('region', { name: 'What could help' })
  await expect(help.getByText(/\d+ articles?/)).toBeVisible()
  const toggle = help.getByRole('button', { name: /What could help/ })
  await toggle.click()
  const first = help.getByRole('list', { name: 'Articles' }).getByRole('button').first()
  await expect(first.locator('mark').first()).toBeVisible()
  await first.click()
  await help.getByRole('button', { name: 'Put into the message' }).click()
  await expect(page.getByRole('textbox', { name: /^Message to/ })).toHaveValue(/\w+ \w+ \w+/)
  // The panel is as this person left it at the next machine too.
  await page.reload()
  await expect(help.getByRole('button', { name: /What could help/ })).toHaveAttribute('aria-expanded', 'true')
})

test('a link to a line opens the call at it', async ({ page, floor, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.getByRole('button', { name: 'Copy a link to line 1', exact: true }).click()
  await expect(page.getByText('Copied a link to line 1')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto(link)
  await expect(page.locator('.line-current')).toHaveAttribute('data-line-number', '1')
  await page.keyboard.press('Escape')
  expect(new URL(page.url()).search).toBe('')
})

test('find goes through the hits and says which one is shown', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('s')
  await page.keyboard.type('e')
  const count = page
    .getByRole('search')
    .filter({ has: page.getByRole('searchbox') })
    .locator('span')
    .first()
  await expect(count).toHaveText(/^\d+\/\d+$/)
  await page.keyboard.press('Enter')
  const shown = await count.textContent()
  await page.keyboard.press('Shift+Enter')
  await expect(count).not.toHaveText(shown ?? '')
  await expect(page.locator('.line-current mark').first()).toBeVisible()
})
