import { expect, openTalkingCall, signIn, test } from '#tests/e2e/support/floor.ts'

// The rules of the demo may ask for a person by themselves; a supervisor's own acts are what is watched here.
test.use({ floorEnv: { SIM_SCENE: 'calm', SIM_SPEED: '1' } })

test('a supervisor signs in and watches a call speak', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  const lines = page.locator('[data-interaction-id]')
  const before = await lines.last().getAttribute('data-interaction-id')
  await expect(async () => {
    expect(await lines.last().getAttribute('data-interaction-id')).not.toBe(before)
  }).toPass({ timeout: 30_000 })
})

test('a message to the AI is spoken, and its receipt names the line', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('m')
  const words = 'The visit this week is free of charge for you.'
  await page.getByRole('textbox', { name: /^Message to/ }).fill(words)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/applied at line \d+/).first()).toBeVisible({ timeout: 40_000 })
  await expect(page.locator('[data-interaction-id]').filter({ hasText: words }).first()).toBeVisible()
})

test('pausing silences the AI until it is resumed', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.getByRole('button', { name: /^Pause AI/ }).click()
  const resume = page.getByRole('button', { name: /^Resume AI/ })
  await expect(resume).toBeVisible()
  await expect(page.getByText(/Hello\?|Are you there|anybody there/i).first()).toBeVisible({
    timeout: 60_000,
  })
  await resume.click()
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeVisible()
})

test('an escalated call is picked up by a person, who then speaks', async ({ page, floor }) => {
  test.setTimeout(150_000)
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('e')
  const form = page.getByRole('region', { name: 'Step in' })
  await form
    .getByRole('button', { name: /escalate|ask/i })
    .last()
    .click()
  await expect(page.locator('[data-transfer="accepted"], [data-transfer="bridged"]')).toBeVisible({
    timeout: 60_000,
  })
  await expect(page.locator('[data-interaction-id][data-speaker="agent"]').first()).toBeVisible({
    timeout: 60_000,
  })
})

test('ending a call asks by name, then the call ends and stays open', async ({ page, floor }) => {
  await signIn(page, floor)
  const callId = await openTalkingCall(page, floor)
  await page.keyboard.press('Shift+E')
  const confirm = page.getByRole('form', { name: 'End this call' })
  await expect(confirm).toContainText('on the line')
  await confirm.getByRole('button', { name: /^End / }).press('Enter')
  await expect(page.getByText(/End the call.*applied/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Pause AI/ })).toBeHidden()
  await expect(page).toHaveURL(new RegExp(callId))
  await expect(page.locator('[data-interaction-id]').first()).toBeVisible()
})

test('a note with a tag is kept for everybody', async ({ page, floor }) => {
  await signIn(page, floor)
  await openTalkingCall(page, floor)
  await page.keyboard.press('n')
  const form = page.getByRole('region', { name: 'Step in' })
  await form.getByRole('textbox').first().fill('Promised a call back before six.')
  await form.getByRole('button', { name: /note/i }).last().click()
  await expect(page.getByText('Promised a call back before six.').first()).toBeVisible()
  await page.reload()
  await expect(page.getByText('Promised a call back before six.').first()).toBeVisible()
})
