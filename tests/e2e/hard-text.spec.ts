import type { Locator } from '@playwright/test'
import { signIn } from '#tests/e2e/support/floor.ts'
import { expect, openCall, storedLines, test } from '#tests/e2e/support/platform.ts'

test.use({ viewport: { width: 1280, height: 800 } })

const markup =
  '<img src=x onerror=alert(1)><script>alert(2)</script><b style="position:fixed;inset:0">bold</b>'
const hebrew = 'שלום, הצינור דולף במטבח'
const arabic = 'مرحبا، الأنبوب يتسرب في المطبخ'
const emoji = '👩‍👩‍👧‍👦🇩🇪🧑🏽‍🚒'
const marks =
  '\u200b\u200d\u202eoverride\u202c\ufeff\u2066isolate\u2069 z\u0335\u0321a\u0336l\u0338g\u0337o\u0334'
const oneWord = 'x'.repeat(3000)

/** Exactly 20,000 characters: everything hard at the front, then the same sentences to the end. */
const longText = [markup, hebrew, arabic, emoji, marks, oneWord]
  .join(' ')
  .padEnd(20_000, ` ${hebrew} ${emoji} leak`)

test('a line of 20,000 characters with markup, right-to-left text and emoji is text and nothing else', async ({
  page,
  floor,
  line,
}, info) => {
  expect(longText.length).toBe(20_000)
  const call = await line.startCall({ contact_name: `${hebrew} <i>x</i>` })
  await line.say(call, 'Hello.')
  await line.say(call, longText)
  const spoiled: string[] = []
  page.on('dialog', (dialog) => {
    spoiled.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url().endsWith('/x')) spoiled.push(request.url())
  })
  await signIn(page, floor)

  const row = page.locator(`[data-call-id="${call}"]`)
  await expect(row).toContainText('<img src=x onerror=alert(1)>')
  expect((await row.innerText()).length).toBeLessThan(600)
  const { height } = (await row.boundingBox()) ?? { height: 0 }
  expect(height).toBeLessThanOrEqual(40)

  await openCall(page, floor, call)
  const said = page.locator('[data-interaction-id]').last()
  const words = said.locator('.line-words')
  await expect(words).toContainText(markup)
  expect((await words.innerText()).length).toBeLessThanOrEqual(601)
  await page.screenshot({ path: info.outputPath('folded.png') })
  await said.getByRole('button', { name: 'show all 20,000 characters' }).click()
  const log = page.getByRole('log', { name: 'Transcript' })
  await expect.poll(() => log.evaluate(({ scrollHeight }) => scrollHeight)).toBeGreaterThan(4000)
  // Whoever opens it wants to read it from its beginning.
  await expect(said.locator('.line-no')).toBeInViewport()
  await expect(said.getByRole('button', { name: 'show less' })).toBeVisible()
  expect(await words.evaluate((element) => element.textContent)).toBe(longText)
  expect((await storedLines(floor, call)).at(-1)?.text).toBe(longText)
  await page.screenshot({ path: info.outputPath('unfolded.png') })

  // Text only: nothing of it became an element, and nothing of it makes the page wider.
  expect(await words.evaluate((element) => element.querySelectorAll('img, script, b').length)).toBe(0)
  expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBeLessThanOrEqual(1280)
  expect(await log.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(
    0,
  )
  await log.hover()
  // Lines above that are measured only now may move what stands: whoever wants the top turns the wheel again.
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, -100_000)
      return log.evaluate(({ scrollTop }) => scrollTop)
    })
    .toBe(0)
  await expect(page.locator('[data-interaction-id]').first()).toContainText('Hello.')
  await line.say(call, 'The line after it.')
  await page.getByRole('button', { name: /1 new line/ }).click()
  await expect(
    page.locator('[data-interaction-id]').filter({ hasText: 'The line after it.' }),
  ).toBeInViewport()
  expect(spoiled).toEqual([])
})

test('names and lines from right to left are clipped at their end', async ({ page, floor, line }) => {
  const call = await line.startCall({ contact_name: `${hebrew} ${hebrew}` })
  await line.say(call, `${hebrew}. `.repeat(20))
  await signIn(page, floor)
  const row = page.locator(`[data-call-id="${call}"]`)
  await expect(row).toContainText(hebrew)
  await openCall(page, floor, call)
  for (const text of [
    row.locator('[data-col="from"] b'),
    row.locator('[data-col="last_line"] bdi'),
    page.getByRole('complementary').locator('h2'),
  ])
    expect(await showsBeginning(text)).toEqual({ clipped: true, beginning: true })
})

test('what is cut in a row is told whole to who points at it, and what is not needs no tip', async ({
  page,
  floor,
  line,
}) => {
  const call = await line.startCall({ contact_name: 'Ana' })
  const text = 'The water comes through the ceiling, and nobody can say from where. '.repeat(3).trim()
  await line.say(call, text)
  await signIn(page, floor)
  const row = page.locator(`[data-call-id="${call}"]`)
  await row.locator('[data-col="last_line"] bdi').hover()
  await expect(row.locator('[data-col="last_line"] i.clip')).toHaveAttribute('title', text)
  await row.locator('[data-col="from"] b').hover()
  await expect(row.locator('[data-col="last_line"] i.clip')).not.toHaveAttribute('title')
  await expect(row.locator('[data-col="from"] b')).not.toHaveAttribute('title')
})

test('a figure of the strip that finds no room is left out whole, never cut', async ({
  page,
  floor,
  line,
}) => {
  await line.startCall({ contact_name: 'Ana' })
  await signIn(page, floor)
  const tile = page.locator('.kpi', { hasText: 'Live calls' })
  const [inbound, outbound] = [
    tile.locator('.kpi-parts > span').first(),
    tile.locator('.kpi-parts > span').last(),
  ]
  const isSeen = (part: Locator) =>
    part.evaluate((element) => {
      const box = element.getBoundingClientRect()
      const room = (element.parentElement as HTMLElement).getBoundingClientRect()
      if (box.top >= room.bottom) return 'left out'
      return box.right <= room.right + 0.5 && box.bottom <= room.bottom + 0.5 ? 'whole' : 'cut'
    })
  expect([await isSeen(inbound), await isSeen(outbound)]).toEqual(['whole', 'whole'])
  // As many calls as this test cannot start.
  await tile.evaluate((element) => {
    const write = (selector: string, text: string): void => {
      ;(element.querySelector(selector) as HTMLElement).textContent = text
    }
    write('dd b', '10,000')
    write('.kpi-parts > span:first-child', '7,500 in')
    write('.kpi-parts > span:last-child', '· 2,500 out')
  })
  expect([await isSeen(inbound), await isSeen(outbound)]).toEqual(['whole', 'left out'])
})

/** Whether the first letter of a clipped text is inside the box that clips it. */
function showsBeginning(text: Locator): Promise<{ clipped: boolean; beginning: boolean }> {
  return text.evaluate((element) => {
    const range = document.createRange()
    const words = element.firstChild as Text
    range.setStart(words, 0)
    range.setEnd(words, 1)
    const letter = range.getBoundingClientRect()
    const box = element.getBoundingClientRect()
    return {
      clipped: element.scrollWidth > element.clientWidth,
      beginning: letter.left >= box.left - 1 && letter.right <= box.right + 1,
    }
  })
}
