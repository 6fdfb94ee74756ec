// Rows that stand still for whoever reads, sort as they are told, and can be picked and acted on together, in a storm.
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'storm', SIM_CALLS: '120' } })

const restMs = 30_000

interface Watched {
  /** What was under the pointer, as `call at top` in tenths of a pixel, with the ms at which it came there. */
  stood: string[]
  /** Different texts the row showed. */
  texts: number
  looks: number
}

/** Looks at what is under the point again and again, in the page's own time. */
function watchUnder(page: Page, point: { x: number; y: number; ms: number }): Promise<Watched> {
  return page.evaluate(
    ({ x, y, ms }) =>
      new Promise<Watched>((resolve) => {
        const begun = performance.now()
        const texts = new Set<string>()
        const stood: string[] = []
        let [looks, last] = [0, '']
        const look = (): void => {
          const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-call-id]')
          looks += 1
          const now = row
            ? `${row.dataset.callId} at ${Math.round(row.getBoundingClientRect().top * 10)}`
            : 'none'
          if (now !== last) stood.push(`${Math.round(performance.now() - begun)} ms: ${now}`)
          last = now
          texts.add(row?.textContent ?? '')
          if (performance.now() - begun < ms) requestAnimationFrame(look)
          else resolve({ stood, texts: texts.size, looks })
        }
        look()
      }),
    point,
  )
}

const pill = (page: Page) => page.getByRole('button', { name: /wants? to move/ })
const rowAt = (page: Page, place: number) => page.locator(`[data-call-id][aria-rowindex="${place}"]`)

test('the pointer rests on a row for half a minute of a storm: the row stays, its values do not', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await rowAt(page, 6).hover()
  // The pill says that the floor, too, knows of the pointer.
  await expect(pill(page)).toBeVisible({ timeout: 30_000 })
  const box = await rowAt(page, 6).boundingBox()
  if (!box) throw new Error('The row has no place.')
  const point = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
  await page.mouse.move(point.x, point.y)
  const seen = await watchUnder(page, { ...point, ms: restMs })
  expect(seen.looks).toBeGreaterThan(100)
  expect(seen.stood).toEqual([expect.stringContaining(' at ')])
  // Its elapsed time alone goes on thirty times.
  expect(seen.texts).toBeGreaterThan(20)
  await expect(pill(page)).toBeVisible()

  // By key the rows move at once, and are held again.
  await page.keyboard.press('u')
  await expect(pill(page)).toBeHidden({ timeout: 1500 })
  await expect(pill(page)).toBeVisible({ timeout: 30_000 })
  // Left alone they move by themselves.
  await page.mouse.move(2, 2)
  await expect(pill(page)).toBeHidden()
})

test('calls are picked with a range, noted together and watched; they stay picked while the floor moves', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await rowAt(page, 4).locator('[data-col="pick"]').click()
  await rowAt(page, 6)
    .locator('[data-col="pick"]')
    .click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Selected calls' })
  await expect(bar).toContainText('3 calls selected')
  const picked = await page
    .locator('[data-call-id][aria-selected="true"]')
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.callId ?? ''))
  await bar.getByRole('button', { name: 'Note…' }).click()
  await expect(bar).toContainText('You can take it back for 10 s.')
  await bar.getByRole('textbox', { name: 'Note for all selected calls' }).fill('Storm desk has these')
  await bar.getByRole('button', { name: 'Note 3 calls' }).click()
  await expect(bar).toContainText('3 calls noted')
  await bar.getByRole('button', { name: 'Done' }).click()

  await page.mouse.move(2, 2)
  await page.keyboard.press('w')
  const mine = page.locator('[data-bay="mine"]')
  await expect(mine).toContainText('My watch list')
  await expect(mine).toContainText('3')
  await bar.getByRole('button', { name: 'Clear' }).click()
  await expect(bar).toBeHidden()
  // What is watched stands first, and after a reload too.
  await page.reload()
  await expect(mine).toBeVisible()
  await expect
    .poll(() =>
      page
        .locator('[data-call-id]')
        .evaluateAll(
          (rows, ids) =>
            rows
              .filter((row) => [2, 3, 4].includes(Number(row.getAttribute('aria-rowindex')) - 1))
              .every((row) => ids.includes((row as HTMLElement).dataset.callId ?? '')),
          picked,
        ),
    )
    .toBe(true)
})

test('all calls of a filter are picked by their exact count', async ({ page, floor }) => {
  // Rows out of sight do not exist: here every one is in sight, so that they can be counted.
  await page.setViewportSize({ width: 1280, height: 2400 })
  await signIn(page, floor)
  await page.getByRole('button', { name: /^Outbound/ }).click()
  const all = page.getByRole('checkbox', { name: /^Select all \d+ calls/ })
  await expect(all).toBeVisible()
  await all.click()
  const bar = page.getByRole('region', { name: 'Selected calls' })
  await expect(bar).toContainText(/\d+ calls? selected/)
  const counted = Number(/\d+/.exec((await bar.textContent()) ?? '')?.[0])
  expect(counted).toBeGreaterThan(0)
  expect(await page.locator('[data-call-id][aria-selected="true"]').count()).toBe(counted)
  await page.locator('[data-call-id][aria-selected="true"]').first().focus()
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()
})

/** Of the rows as assistive technology reads them and as they stand in the document: what each says is its place. */
async function placesOf(page: Page): Promise<{ read: number[]; inDocument: number[] }> {
  const cdp = await page.context().newCDPSession(page)
  const { nodes } = await cdp.send('Accessibility.getFullAXTree')
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const read: number[] = []
  const walk = async (id: string): Promise<void> => {
    const node = byId.get(id)
    if (node?.role?.value === 'row' && node.backendDOMNodeId !== undefined) {
      const { node: element } = await cdp.send('DOM.describeNode', { backendNodeId: node.backendDOMNodeId })
      const names = element.attributes ?? []
      read.push(Number(names[names.indexOf('aria-rowindex') + 1]))
      return
    }
    for (const child of node?.childIds ?? []) await walk(child)
  }
  await walk(nodes[0]?.nodeId ?? '')
  const inDocument = await page
    .locator('.grid [data-call-id]')
    .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex'))))
  await cdp.detach()
  return { read, inDocument }
}

test('heads and rows are read from the top, wherever a new order has put them', async ({ page, floor }) => {
  await signIn(page, floor)
  await page.mouse.move(2, 2)
  const isRising = (places: readonly number[]) =>
    places.every((place, index) => place > (places[index - 1] ?? 0))
  await expect
    .poll(
      async () => {
        const { read, inDocument } = await placesOf(page)
        // A row that came or went between the two looks says nothing of their order.
        return isRising(read) && read.length > 10 && !isRising(inDocument)
      },
      { timeout: 60_000 },
    )
    .toBe(true)
})

test('several columns order the board, by keyboard alone, and the address says so', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  const head = (id: string) => page.locator(`[data-head="${id}"]`)
  await head('qa').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/sort=qa(&|$)/)
  await page.keyboard.press('ArrowLeft')
  await expect(head('agent')).toBeFocused()
  await page.keyboard.press('Shift+Enter')
  await expect(page).toHaveURL(/sort=qa%2Cagent(&|$)/)
  await expect(head('qa')).toContainText('1')
  await expect(head('agent')).toContainText('2')
  const scores = async () =>
    (await page.locator('[data-call-id] [data-col="qa"] span:not([hidden])').allTextContents()).map(Number)
  await expect.poll(async () => (await scores()).length).toBeGreaterThan(5)
})

test('a column is kept at the left from its menu, and stays in sight when the board scrolls sideways', async ({
  page,
  floor,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await signIn(page, floor)
  const columns =
    'status,direction,from,marks,to,last_line,sentiment,duration,escalation,agent,business,qa,started'
  await page.goto(`${floor.url}/live?cols=${columns}`)
  await expect(page.locator('[data-call-id]').first()).toBeVisible()
  await page.locator('[data-head="from"]').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('menuitem', { name: 'Keep at the left' }).click()
  await expect(page).toHaveURL(/pin=from/)
  const cell = rowAt(page, 3).locator('[data-col="from"]')
  const before = (await cell.boundingBox())?.x
  await page.locator('[data-grid-scroller]').evaluate((grid) => {
    grid.scrollLeft = 300
  })
  await expect
    .poll(() => page.locator('[data-grid-scroller]').evaluate((grid) => grid.scrollLeft))
    .toBeGreaterThan(50)
  expect((await cell.boundingBox())?.x).toBe(before)
  // What scrolls is under it, not through it.
  const point = { x: (before ?? 0) + 20, y: ((await cell.boundingBox())?.y ?? 0) + 8 }
  expect(
    await page.evaluate(
      ({ x, y }) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-col]')?.dataset.col,
      point,
    ),
  ).toBe('from')
})

test('a call that needs somebody and that the filter hides is named over the rows, and opens', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await page
    .getByRole('searchbox')
    .or(page.getByLabel('Filter calls').last())
    .first()
    .fill('nobody is called so')
  const strip = page.locator('.outside')
  await expect(strip).toContainText(/act-now calls? outside this filter/)
  await strip.getByRole('button', { name: 'Show it' }).click()
  await expect(page).toHaveURL(/\/live\/.+q=nobody/)
  await expect(page.getByRole('complementary', { name: /^Open call/ })).toBeVisible()
})

test('axe finds nothing on a board with picked calls and an open column menu', async ({ page, floor }) => {
  await signIn(page, floor)
  await rowAt(page, 4).locator('[data-col="pick"]').click()
  const bar = page.getByRole('region', { name: 'Selected calls' })
  await bar.getByRole('button', { name: 'Assign…' }).click()
  await expect(bar.getByLabel('Reason')).toBeVisible()
  const faults = async () =>
    // A menu hangs in a place of its own beside the landmarks.
    (await new AxeBuilder({ page }).disableRules('region').analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
  expect(await faults()).toEqual([])
  await page.locator('[data-head="from"]').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByRole('menuitem', { name: 'Sort upwards' })).toBeVisible()
  expect(await faults()).toEqual([])
})
