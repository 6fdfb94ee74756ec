// From a figure to its calls: by keys, by pointer, and found again by the address.
import AxeBuilder from '@axe-core/playwright'
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, test } from '#tests/e2e/support/platform.ts'

test('a bar leads to as many calls as it counts, the address brings the question back, and axe finds nothing', async ({
  page,
  floor,
  line,
}) => {
  for (let call = 0; call < 7; call += 1) {
    const direction = call < 5 ? 'inbound' : 'outbound'
    const callId = await line.startCall({ direction, business_id: 'roofing' })
    await line.say(callId, 'Thank you, that was very kind.')
    await line.endCall(callId)
  }
  await line.startCall({ contact_name: 'Still Here' })
  await signIn(page, floor)
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  const outcomes = page.getByRole('application', { name: 'Answered and ended' })
  await expect(outcomes.locator('canvas')).toBeVisible()

  // The two outbound ones only, by address.
  await page.getByRole('combobox', { name: 'Direction' }).selectOption('outbound')
  await page.getByRole('button', { name: 'Today' }).click()
  await expect(page.getByRole('link', { name: 'Calls: 2, open the calls' })).toBeVisible()
  await page.reload()
  await expect(page).toHaveURL(/analytics\?period=today&direction=outbound$/)
  await expect(page.getByRole('link', { name: 'Calls: 2, open the calls' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Direction' }).selectOption('')
  await expect(page.getByRole('link', { name: 'Calls: 8, open the calls' })).toBeVisible()

  // By keys from the bar to its calls.
  await outcomes.focus()
  await page.keyboard.press('ArrowDown')
  await expect(outcomes.locator('[aria-live]')).toHaveText('Completed, 7')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/calls\?.*status=completed|\/calls\?status=completed/)
  await expect(page.getByText(/\b7 calls\b/).first()).toBeVisible()
  await page.goBack()

  // By pointer: the same bar is a link, whatever button opens it.
  await expect(outcomes.locator('canvas')).toBeVisible()
  const box = await outcomes.boundingBox()
  if (!box) throw new Error('The chart has no place.')
  await page.mouse.move(box.x + box.width * 0.6, box.y + 16)
  await expect(outcomes.locator('a')).toHaveAttribute('href', /status=completed/)
  await page.mouse.move(0, 0)

  for (const name of ['Call volume', 'QA', 'Sentiment', 'Escalations', 'Calls']) {
    await page.getByRole('navigation', { name: 'Pages of analytics' }).getByRole('link', { name }).click()
    await expect(
      page
        .locator('[data-chart] canvas')
        .first()
        .or(page.getByText(/^No .* in this period\.$/)),
    ).toBeVisible()
  }
  await page
    .getByRole('navigation', { name: 'Pages of analytics' })
    .getByRole('link', { name: 'Overview' })
    .click()
  await expect(outcomes.locator('canvas')).toBeVisible()
  const found: string[] = []
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset['mantineColorScheme'] = name
    }, scheme)
    const { violations } = await new AxeBuilder({ page }).analyze()
    for (const { id, nodes } of violations)
      found.push(`${scheme}, ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    // The charts are judged in light, their tables in dark.
    await page.keyboard.press('t')
  }
  expect(found).toEqual([])
})

test('who rests on the way to analytics finds its code there; before that nothing of it is fetched', async ({
  page,
  floor,
  line,
}) => {
  const fetched: string[] = []
  page.on('request', (request) => void fetched.push(request.url()))
  const ofAnalytics = () => fetched.filter((url) => /\/(analytics-page|draw-chart)-[^/]*\.js$/.test(url))
  await line.startCall()
  // Whose minute of questions is not used up.
  await signIn(page, floor, 'Ruth Castellanos')
  // The code of the other pages comes by itself, some seconds after the board.
  await expect.poll(() => fetched.some((url) => url.includes('/escalations-page-'))).toBe(true)
  expect(ofAnalytics()).toEqual([])
  const way = page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Analytics' })
  await way.hover()
  await expect.poll(() => ofAnalytics().length).toBe(2)
  await way.click()
  await expect(page.getByRole('heading', { name: 'Analytics' })).toBeVisible()
  expect(ofAnalytics()).toHaveLength(2)
})

test.describe('a desk in Berlin, of a company in Chicago', () => {
  test.use({ timezoneId: 'Europe/Berlin' })

  /** Seconds of the day that the text begins with, or has behind `as of` or `from`. */
  const clockOf = (text: string): number => {
    const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)/.exec(text) ?? []
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  }

  test('the header names the zone of its clock, and every page prints that one', async ({
    page,
    floor,
    line,
  }) => {
    const callId = await line.startCall({ started_at: new Date(Date.now() - 60_000).toISOString() })
    // Whose minute of questions is not used up.
    await signIn(page, floor, 'Ruth Castellanos')
    const clock = page.locator('.top-clock')
    const now = async () => clockOf((await clock.textContent()) ?? '')
    await expect(clock).toHaveText(/^\d\d:\d\d:\d\d GMT\+[12]$/)

    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await expect(clock).toHaveText(/ C[SD]T · America\/Chicago$/)
    const age = page.locator('[data-as-of]')
    await expect(age).toContainText('as of')
    expect(Math.abs(clockOf((await age.textContent()) ?? '') - (await now()))).toBeLessThan(120)

    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await expect(clock).toContainText('America/Chicago')
    await page.getByRole('combobox', { name: 'Time zone of the list' }).selectOption('UTC')
    await expect(clock).toHaveText(/ UTC · UTC$/)
    const row = page.locator(`[data-call-id="${callId}"]`)
    const started = clockOf((await row.locator('time').textContent()) ?? '')
    expect((await now()) - started).toBeLessThan(300)
    await row.getByRole('link').first().click()
    await expect(page.locator('.call-clock small')).toBeVisible()
    expect(clockOf((await page.locator('.call-clock small').textContent()) ?? '')).toBe(started)
    await expect(clock).toContainText('UTC')

    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await expect(clock).toHaveText(/ GMT\+[12]$/)
  })
})
