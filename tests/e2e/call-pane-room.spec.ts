// The open call with everything on it at once: the script keeps its room and its place, nothing typed is lost, axe is content.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type Floor, accessToken, signIn } from '#tests/e2e/support/floor.ts'
import { type Desk, type Line, expect, openCall, test } from '#tests/e2e/support/platform.ts'
import { startProxy } from '#tests/e2e/support/proxy.ts'

const said = [
  'My roof is leaking into the kitchen, water is coming through the ceiling.',
  'Is anybody near an outlet that got wet?',
  'No, but the bulge gets bigger, and I have two small kids in the house and nowhere to go tonight.',
  'I will send a crew tomorrow at nine.',
  'I want to talk to a person. You repaired it in spring and it leaks again.',
]

/** Ruth has the call: paused, with other instructions, and a person is being rung. */
async function crowdedCall(floor: Floor, line: Line, desk: Desk): Promise<string> {
  desk.onCommand = (command) => {
    command.answer()
    const { call_id, command_id } = command
    if (command.action !== 'transfer')
      void line.report({ event: 'intervention.updated', data: { call_id, command_id, state: 'applied' } })
  }
  const callId = await line.startCall({ business_id: 'roofing', contact_name: 'Marisol Trevino' })
  for (let turn = 0; turn < 40; turn += 1)
    await line.say(callId, said[turn % said.length] as string, turn % 2 ? 'ai' : 'customer')
  const token = await accessToken(floor, 'owner')
  const act = async (path: string, body: object) => {
    const answer = await fetch(`${floor.url}/api/v1/calls/${callId}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.ok).toBe(true)
  }
  const instructions = 'Offer the tarp tonight, free of charge, and do not promise an hour.'
  await act('intervene', { action: 'override_instructions', instructions, command_id: `o-${callId}` })
  await act('intervene', { action: 'pause', duration_s: 600, command_id: `p-${callId}` })
  await act('escalate', { reason: 'Second leak', command_id: `e-${callId}` })
  return callId
}

const script = (page: Page) => page.getByRole('log', { name: 'Transcript' })
const transfer = (page: Page) => page.getByRole('region', { name: 'Transfer to a person' })
const note = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true })
const more = (page: Page) => transfer(page).getByRole('button', { name: /about the transfer$/ })
const questions = (page: Page) => page.getByRole('textbox', { name: 'Open questions, one a line' })

async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.pane').analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** The part of the pane that the transcript has, and nothing of the pane is pushed out below. */
async function shareOfScript(page: Page): Promise<number> {
  return page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() as DOMRect
    if (box('.composer').bottom > box('.pane').bottom + 1) return 0
    return box('.transcript').height / box('.pane').height
  })
}

/** The line that the eyes are on: low enough in the script to stay in sight. */
const readLine = (page: Page) =>
  script(page).evaluate((log) => {
    const { bottom } = log.getBoundingClientRect()
    const lines = [...log.querySelectorAll('[data-interaction-id]')]
    const read = lines.findLast((one) => one.getBoundingClientRect().bottom < bottom)
    return read?.getAttribute('data-interaction-id') ?? ''
  })
const topOf = (page: Page, lineId: string) =>
  page
    .locator(`[data-interaction-id="${lineId}"]`)
    .evaluate((one) => Math.round(one.getBoundingClientRect().top))

async function chooseTheme(page: Page, scheme: 'dark' | 'light'): Promise<void> {
  const more = page.getByRole('button', { name: /^More/ })
  if (await more.isVisible()) {
    await more.click()
    await page
      .getByRole('dialog', { name: 'More' })
      .getByText(new RegExp(`^${scheme}$`, 'i'))
      .click()
    await page.keyboard.press('Escape')
  } else {
    await page.getByRole('button', { name: /Dana Whitfield/ }).click()
    await page.getByRole('menuitemradio', { name: new RegExp(scheme, 'i') }).click()
  }
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
}

for (const [scheme, size] of [
  ['dark', { width: 1280, height: 800 }],
  ['light', { width: 390, height: 844 }],
] as const)
  test(`in a ${size.width}×${size.height} window the script keeps room and place, and axe finds nothing (${scheme})`, async ({
    page,
    floor,
    line,
    desk,
    clean,
  }) => {
    clean.allow(/status of 409/)
    await page.setViewportSize(size)
    const callId = await crowdedCall(floor, line, desk)
    await signIn(page, floor)
    await chooseTheme(page, scheme)
    await openCall(page, floor, callId)
    await expect(transfer(page)).toHaveAttribute('data-transfer', 'ringing')
    await page.getByRole('button', { name: /^Note/ }).click()
    await note(page).fill('Called back twice already.')
    expect(await shareOfScript(page)).toBeGreaterThanOrEqual(0.449)
    // It is as this person left it, on whatever machine.
    const help = page.getByRole('button', { name: /^What could help/ })
    await expect(async () => {
      if ((await help.getAttribute('aria-expanded')) === 'false') await help.click()
      await expect(help).toHaveAttribute('aria-expanded', 'true', { timeout: 1000 })
    }).toPass()
    await expect(page.getByRole('list', { name: 'Articles' })).toBeAttached()
    await expect(note(page)).toBeVisible()
    expect(await shareOfScript(page)).toBeGreaterThanOrEqual(0.449)
    expect(await faults(page)).toEqual([])

    // Somebody reads further up; what is unfolded above does not move the lines.
    await script(page).hover()
    await page.mouse.wheel(0, -1200)
    await expect(page.getByRole('button', { name: /^Follow\b/ })).toHaveAttribute('aria-pressed', 'false')
    const read = await readLine(page)
    const before = await topOf(page, read)
    await more(page).click()
    await expect(more(page)).toHaveAttribute('aria-expanded', 'true')
    expect(Math.abs((await topOf(page, read)) - before)).toBeLessThanOrEqual(1)
    await transfer(page)
      .getByRole('button', { name: /^Briefing/ })
      .click()
    await transfer(page).getByRole('button', { name: 'Correct' }).click()
    await expect(questions(page)).toBeVisible()
    expect(await shareOfScript(page)).toBeGreaterThanOrEqual(0.449)
    expect(await faults(page)).toEqual([])

    // Folded again it says that something is written; a refused act says who has the call and how to take it over.
    await more(page).click()
    await expect(transfer(page)).toContainText('not saved')
    await page
      .getByRole('list', { name: 'What holds on this call' })
      .getByRole('button', { name: 'Resume now' })
      .click()
    const dialog = page.getByRole('dialog', { name: 'Ruth Castellanos has this call' })
    await expect(dialog.getByRole('button', { name: 'Take over and resume the AI' })).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

test('with the line cut a briefing and a note are kept, the acts say why they fail, and both are done when it heals', async ({
  page,
  floor,
  line,
  desk,
  clean,
}) => {
  clean.allow(/Failed to load resource|WebSocket connection/)
  const proxy = await startProxy(floor)
  const callId = await crowdedCall(floor, line, desk)
  await signIn(page, proxy)
  await openCall(page, proxy, callId)
  await page.keyboard.press('n')
  await note(page).fill('Called back twice already.')
  await more(page).click()
  await transfer(page)
    .getByRole('button', { name: /^Briefing/ })
    .click()
  await transfer(page).getByRole('button', { name: 'Correct' }).click()
  await questions(page).fill('Will the ceiling hold?')
  await proxy.cut()
  await transfer(page).getByRole('button', { name: 'Save the briefing' }).click()
  await expect(transfer(page).getByRole('alert')).toContainText('The server cannot be reached')
  await expect(questions(page)).toHaveValue('Will the ceiling hold?')
  await page.getByRole('button', { name: /^Note/ }).click()
  await page.getByRole('button', { name: /^Add note/ }).click()
  await expect(page.getByRole('region', { name: 'Step in' }).getByRole('alert')).toContainText(
    'The server cannot be reached',
  )
  await proxy.heal()
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
  await expect(note(page)).toHaveValue('Called back twice already.')
  await page.getByRole('button', { name: /^Add note/ }).click()
  await expect(script(page).getByText('Called back twice already.')).toBeVisible()
  await more(page).click()
  await transfer(page).getByRole('button', { name: 'Save the briefing' }).click()
  await expect(transfer(page)).toContainText('Corrected by Dana Whitfield')
  await proxy.close()
})

test('who asks for one’s call is told on another page too, and the call is opened from there', async ({
  page,
  floor,
  line,
  browser,
}) => {
  const callId = await line.startCall({ contact_name: 'Marisol Trevino' })
  await signIn(page, floor)
  await openCall(page, floor, callId)
  await page.keyboard.press('t')
  await expect(page.getByRole('region', { name: 'Who has this call' })).toContainText('You have this call')
  await page.getByRole('link', { name: 'Escalations' }).click()
  const marcus = await (await browser.newContext()).newPage()
  await signIn(marcus, floor, 'Marcus Oyelaran')
  await openCall(marcus, floor, callId)
  await marcus.keyboard.press('r')
  const news = page.getByRole('region', { name: 'News of your calls' })
  await expect(news).toContainText('Marcus Oyelaran asks for a call that you have.')
  await expect(page).toHaveURL(/\/escalations/)
  await news.getByRole('button', { name: 'Open the call' }).click()
  await expect(page).toHaveURL(new RegExp(`/live/${callId}`))
  await expect(page.getByRole('region', { name: 'Who has this call' })).toContainText(
    'Marcus Oyelaran asks for this call',
  )
  await marcus.context().close()
})
