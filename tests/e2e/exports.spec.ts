import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, signIn, test } from '#tests/e2e/support/floor.ts'

test.use({ floorEnv: { SIM_SCENE: 'calm' } })

test('what the list shows is exported, waits through a reload, and is fetched; analytics becomes a PDF', async ({
  page,
  floor,
}) => {
  await signIn(page, floor)
  await page.goto(`${floor.url}/calls?direction=outbound`)
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText('Outbound')
  await expect(page.getByRole('button', { name: /^Export/ })).toBeVisible()
  await page.keyboard.press('Shift+D')
  const dialog = page.getByRole('dialog', { name: 'Export calls' })
  await expect(dialog).toContainText('Outbound')
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
  expect(violations).toEqual([])
  await dialog.getByRole('button', { name: 'Export' }).click()
  await page
    .getByRole('button', { name: /Keep working|^Close$/ })
    .last()
    .click()
  await page.reload()
  const mark = page.getByRole('button', { name: /Export(ing| ready)/ })
  await expect(mark).toContainText('ready')
  await mark.click()
  const fetching = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const file = await fetching
  expect(file.suggestedFilename()).toMatch(/^calls-.*\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toContain('outbound')
  expect(text).not.toContain('inbound')

  await page.goto(`${floor.url}/analytics`)
  await page.getByRole('button', { name: /^Export/ }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('dialog', { name: 'Export analytics' }).getByRole('button', { name: 'Export' }).click()
  const report = await saving
  expect(report.suggestedFilename()).toMatch(/^analytics-overview-.*\.pdf$/)
  expect((await readFile(await report.path())).subarray(0, 5).toString()).toBe('%PDF-')
})
