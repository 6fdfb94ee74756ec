import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'storm' } })

const paletteField = (page: Page) => page.getByRole('combobox', { name: /Action, call, number/ })

async function expectNoFaults(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([])
}

test('a critical call is found and handed to a person in under ten key presses', async ({ page, floor }) => {
  await signIn(page, floor)
  await expect(page.locator('.top-act')).toBeVisible({ timeout: 60_000 })
  let presses = 0
  const press = async (key: string) => {
    presses += 1
    await page.keyboard.press(key)
  }
  await press('.')
  await expect(page).toHaveURL(/\/live\/.+/)
  await expect(page.locator('.call-badge-act')).toBeVisible()
  await press('e')
  const form = page.getByRole('region', { name: 'Step in' })
  const ask = form.getByRole('button', { name: /^Ask / }).last()
  await expect(form.getByRole('combobox', { name: 'Who' })).toBeFocused()
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/escalate'))
  while (!(await ask.evaluate((button) => button === document.activeElement))) {
    expect(presses).toBeLessThan(9)
    await press('Tab')
  }
  await press('Enter')
  expect((await asked).ok()).toBe(true)
  expect(presses).toBeLessThan(10)
})

test('the palette finds a call of the floor by a few letters and opens it', async ({ page, floor }) => {
  await signIn(page, floor)
  const row = page.locator('[data-call-id]').nth(2)
  const name = (await row.locator('[data-col="from"]').innerText()).split('\n')[0] as string
  await page.keyboard.press('Control+k')
  await expect(paletteField(page)).toBeFocused()
  await page.keyboard.type(name)
  await page.getByRole('group', { name: 'Calls' }).getByRole('option').first().waitFor()
  await expect(page.getByRole('option', { selected: true })).toContainText(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: /Open call/ })).toContainText(name)
})

test('the palette acts on the row it was called from', async ({ page, floor }) => {
  await signIn(page, floor)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const callId = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['callId'])
  await page.keyboard.press('Control+k')
  await expect(paletteField(page)).toBeFocused()
  await page.keyboard.type('note')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/live/${callId}`))
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
})

test('a key that was changed holds after a reload, and the old one does nothing', async ({ page, floor }) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  await page.keyboard.press('Control+k')
  await expect(paletteField(page)).toBeFocused()
  await page.keyboard.type('change keys')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Change the key of Write a note' }).click()
  await page.keyboard.press('9')
  await page.keyboard.press('Escape')
  await page.goto(`${floor.url}/live/${callId}`)
  const note = page.getByRole('region', { name: 'Step in' }).getByRole('button', { name: /^Note/ })
  await expect(note).toHaveAttribute('aria-keyshortcuts', '9')
  await page.keyboard.press('n')
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveCount(0)
  await page.keyboard.press('9')
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(paletteField(page)).toBeFocused()
  await page.keyboard.type('change keys')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.keyboard.press('Escape')
  await expect(note).toHaveAttribute('aria-keyshortcuts', 'n')
})

test('pausing is taken back by one key', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('p')
  await expect(page.getByRole('button', { name: /^Undo: Paused/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Resume AI/ })).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeVisible()
})

test('a key pressed right after Esc is meant for the page, not for what was just closed', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  const openers = [
    page.getByRole('button', { name: '+ Filter' }),
    page.getByRole('button', { name: 'Columns', exact: true }),
    page.getByRole('button', { name: /^Views/ }),
    page.getByRole('button', { name: /Dana Whitfield/ }),
  ]
  for (const opener of openers) {
    await opener.focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('[role="dialog"], [role="menu"]')).toBeVisible()
    await expect(opener).not.toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+k')
    await expect(paletteField(page)).toBeFocused()
    await page.keyboard.type('note')
    await expect(paletteField(page)).toHaveValue('note')
    await page.keyboard.press('Escape')
    await expect(paletteField(page)).toHaveCount(0)
    await expect(opener).toBeFocused()
  }
})

test('what is typed before the palette has come is kept, and acts on nothing', async ({ page, floor }) => {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(/\/assets\/palette-[^/]*\.js/, async (route) => {
    await released
    await route.continue()
  })
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('pause')
  await expect(page.getByRole('textbox', { name: /Action, call, number/ })).toHaveValue('pause')
  release()
  await expect(paletteField(page)).toBeFocused()
  await expect(paletteField(page)).toHaveValue('pause')
  await page.keyboard.press('Escape')
  await expect(paletteField(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeVisible()
})

test('the menu of a row does what its keys do', async ({ page, floor }) => {
  await signIn(page, floor)
  await page.keyboard.press('j')
  const callId = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['callId'])
  await page.keyboard.press('ContextMenu')
  await expect(page.getByRole('menu')).toBeVisible()
  await expectNoFaults(page)
  await page.getByRole('menuitem', { name: /^Write a note/ }).click()
  await expect(page).toHaveURL(new RegExp(`/live/${callId}`))
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused()
})

for (const scheme of ['Dark', 'Light'])
  test(`axe finds nothing in palette, sheet and key settings in the ${scheme} theme`, async ({
    page,
    floor,
  }) => {
    await signIn(page, floor)
    await page.getByRole('button', { name: /Dana Whitfield/ }).click()
    await page.getByRole('menuitemradio', { name: scheme }).click()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
    await page.keyboard.press('Control+k')
    await expect(paletteField(page)).toBeFocused()
    await page.keyboard.type('note')
    await page.getByRole('option').first().waitFor()
    await expectNoFaults(page)
    await page.keyboard.press('Escape')
    await expect(paletteField(page)).toHaveCount(0)
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await expectNoFaults(page)
    await page.getByRole('button', { name: 'Change keys' }).click()
    await page.getByRole('button', { name: 'Change the key of Write a note' }).click()
    await page.keyboard.press('k')
    await expect(page.getByText(/k is taken by/)).toBeVisible()
    await expectNoFaults(page)
  })
