// The focus on its way through the desk without a mouse, and what can be undone beside the rows that want to move.
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, test } from '#tests/e2e/support/platform.ts'
import { danger, waitForPeople } from '#tests/e2e/support/situations.ts'

test('from the board to inbox, queue and rules and back with the keyboard alone: the focus is never lost', async ({
  page,
  floor,
  line,
}) => {
  await danger(line, ['Ana Ruiz'])
  await waitForPeople(line, ['Cy Dee', 'Di Eck'])
  await signIn(page, floor)
  await page.keyboard.press('j')
  const row = page.locator('[data-call-id]:focus')
  const callId = await row.getAttribute('data-call-id')
  await page.keyboard.press('i')
  const inbox = page.getByRole('complementary', { name: 'Alerts' })
  await expect(inbox).toBeFocused()
  await expect(inbox.getByRole('listitem').filter({ hasText: 'Ana Ruiz' })).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.type('Half a note')
  await page.keyboard.press('Escape')
  await expect(inbox).toBeFocused()
  await page.keyboard.press('a')
  await expect(inbox.getByRole('textbox')).toHaveValue('Half a note')
  await page.keyboard.press('Escape')
  await page.keyboard.press('s')
  await expect(inbox.getByRole('button', { name: '15 min' })).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(inbox).toBeHidden()
  await expect(row).toHaveAttribute('data-call-id', callId ?? '')

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  const focused = page.locator('[data-escalation-id]:focus')
  await expect(focused).toContainText('Cy Dee')
  await page.keyboard.press('j')
  await expect(focused).toContainText('Di Eck')
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'With a person' }).locator(':focus')).toContainText('Di Eck')

  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByRole('button', { name: 'New rule' })).toBeFocused()
  await page.getByRole('button', { name: 'Change Danger on the line' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Change Danger on the line' })).toBeFocused()
})

test('an undo that is taken on another page leads back to the page it is about', async ({
  page,
  floor,
  line,
}) => {
  await line.startCall({ contact_name: 'Eve Fay' })
  await signIn(page, floor)
  await page.getByRole('button', { name: /^Outbound/ }).click()
  await expect(page).toHaveURL(/\/live\?dir=outbound$/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('clear the filters')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/live$/)
  await page.getByRole('link', { name: 'Calls', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Undo: Cleared the filters' }).click()
  await expect(page).toHaveURL(/\/live\?dir=outbound$/)
  await expect(page.getByRole('heading', { name: 'Live', level: 1 })).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(/\/calls$/)
  await expect(page.getByRole('heading', { name: 'Calls', level: 1 })).toBeVisible()
})

test('an address that is no page says so; a link to where one is already is no step', async ({
  page,
  floor,
  line,
}) => {
  await line.startCall({ contact_name: 'Una Vex' })
  await signIn(page, floor)
  await page.goto(`${floor.url}/live/a/b`)
  await expect(page.getByText('This page does not exist.')).toBeVisible()
  await page.getByRole('link', { name: 'Go to the live board' }).click()
  await expect(page.getByText('Una Vex')).toBeVisible()
  const calls = page.getByRole('link', { name: 'Calls', exact: true })
  await calls.click()
  await calls.click()
  await expect(calls).toHaveAttribute('aria-current', 'page')
  await page.goBack()
  await expect(page.getByText('Una Vex')).toBeVisible()
})

test('what can be undone and the rows that want to move are both in sight, at every width', async ({
  page,
  floor,
  line,
}) => {
  await waitForPeople(line, ['Cy Dee'])
  for (const contact_name of ['Eve Fay', 'Gil Hao', 'Ida Jun']) await line.startCall({ contact_name })
  await signIn(page, floor)
  await page.keyboard.press('j')
  await page.locator('[data-call-id]:focus').hover()
  await waitForPeople(line, ['Kim Lee'])
  const pill = page.getByRole('button', { name: /wants? to move/ })
  await expect(pill).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('w')
  const toast = page.getByRole('status').filter({ has: page.getByRole('button', { name: /^Undo:/ }) })
  await expect(toast).toBeVisible()
  for (const width of [1600, 1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 800 })
    const [low, high] = await Promise.all([pill.boundingBox(), toast.boundingBox()])
    if (!low || !high) throw new Error('One of them has no place.')
    const isApart =
      high.x + high.width <= low.x || high.x >= low.x + low.width || high.y + high.height <= low.y
    expect(isApart, `at ${width} px`).toBe(true)
    expect(low.x + low.width, `the pill's end at ${width} px`).toBeLessThanOrEqual(width)
  }
})
