// A call on its own page: opened at a line by its address, its score reviewed by two at once, its neighbours by key.
import AxeBuilder from '@axe-core/playwright'
import { type Floor, accessToken, expect, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'calm', SIM_SPEED: '20' } })

interface Listed {
  calls: { id: string; qa_score?: number }[]
}

/** Reads as the manager. */
async function read<T>(floor: Floor, path: string): Promise<T> {
  const headers = { authorization: `Bearer ${await accessToken(floor, 'manager')}` }
  return (await (await fetch(`${floor.url}/api/v1${path}`, { headers })).json()) as T
}

/** Ended calls that were scored, newest first. */
async function endedCalls(floor: Floor, count: number): Promise<string[]> {
  let ids: string[] = []
  await expect
    .poll(
      async () => {
        const { calls } = await read<Listed>(floor, '/calls?status=completed&min_duration=30&min_qa_score=0')
        ids = calls.map(({ id }) => id)
        return ids.length
      },
      { timeout: 90_000, intervals: [3000] },
    )
    .toBeGreaterThanOrEqual(count)
  return ids
}

test('an ended call is read at the line of its address, reviewed, and walked on from', async ({
  page,
  floor,
  browser,
}) => {
  test.setTimeout(180_000)
  const [first = '', second = ''] = await endedCalls(floor, 2)
  const { interactions } = await read<{ interactions: { id: number }[] }>(
    floor,
    `/calls/${first}/interactions`,
  )
  await signIn(page, floor)
  await page.evaluate(
    (ids) => sessionStorage.setItem('callboard.walk.1', JSON.stringify({ ids, query: 'status=completed' })),
    [first, second],
  )
  await page.goto(`${floor.url}/calls/${first}?line=${interactions[1]?.id}`)
  await expect(page.locator('.line-current')).toHaveAttribute('data-line-number', '2')
  await expect(page.getByText('No recording for this call.')).toBeVisible()

  const other = await browser.newContext()
  const colleague = await other.newPage()
  await signIn(colleague, floor)
  await colleague.goto(`${floor.url}/calls/${first}`)
  for (const one of [page, colleague]) {
    await one.getByRole('button', { name: 'Review', exact: true }).click()
    await one.getByRole('textbox', { name: /^Overall/ }).fill(one === page ? '41' : '97')
  }
  await colleague.getByRole('textbox', { name: 'Why' }).fill('Heard it differently.')
  await page.getByRole('button', { name: 'Save the review' }).click()
  const card = page.getByRole('region', { name: 'QA' })
  await expect(card.locator('.qa-overall b')).toHaveText('41')
  // The colleague is told by the line, keeps what was typed, and writes over it knowingly.
  await expect(colleague.getByText(/reviewed this meanwhile: 41/)).toBeVisible()
  await expect(colleague.getByRole('textbox', { name: 'Why' })).toHaveValue('Heard it differently.')
  await colleague.getByRole('button', { name: 'Write over it' }).click()
  await colleague.getByRole('button', { name: 'Save the review' }).click()
  await expect(card.locator('.qa-overall b')).toHaveText('97')
  await expect(card.getByText('Heard it differently.')).toBeVisible()
  await other.close()

  for (const scheme of ['light', 'dark']) {
    await page.evaluate(
      (name) => document.documentElement.setAttribute('data-mantine-color-scheme', name),
      scheme,
    )
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(' '))])).toEqual([])
  }

  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('.print-sheet')
  await expect(paper).toContainText(/Started.*Printed.* by Dana Whitfield/)
  expect(await paper.locator('tbody tr').count()).toBeGreaterThanOrEqual(interactions.length)
  await expect(page.getByRole('button')).toHaveCount(0)
  await page.emulateMedia({ media: 'screen' })
  await expect(paper).toHaveCount(0)

  await page.keyboard.press(']')
  await expect(page).toHaveURL(new RegExp(`/calls/${second}$`))
  await expect(page.getByText('2 of 2')).toBeVisible()
  await page.keyboard.press('[')
  await expect(page).toHaveURL(new RegExp(`/calls/${first}$`))

  await page.goto(`${floor.url}/calls/never-was`)
  await expect(page.getByText('Call not found.')).toBeVisible()
})
