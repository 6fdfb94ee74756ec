import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, openCall } from '#tests/e2e/support/platform.ts'
import { signIn, startFloor, test } from '#tests/e2e/support/floor.ts'

const talks = [
  ['leak', 'My kitchen tap is leaking.', 'Since when does it leak?'],
  ['roof', 'The storm took half of my roof.', 'Is anybody hurt?'],
  ['brakes', 'My brakes scream.', 'Then please do not drive.'],
] as const

test('recorded conversations fill the board and are spoken in their order', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-replay-'))
  const file = join(folder, 'conversations.jsonl')
  const recordings = talks.map(([id, said, answered], index) => ({
    id,
    direction: index === 2 ? 'outbound' : 'inbound',
    from: `+1210555010${index}`,
    to: '+12105550199',
    lines: [
      { speaker: 'customer', text: said, at_ms: 1500 },
      { speaker: 'ai', text: answered, at_ms: 2500 },
      { speaker: 'customer', text: `Goodbye from ${id}.`, at_ms: 120_000 },
    ],
  }))
  writeFileSync(file, recordings.map((recording) => JSON.stringify(recording)).join('\n'))
  const floor = await startFloor({ FEED: 'replay', REPLAY_FILE: file })
  try {
    await signIn(page, floor)
    for (const [, , answered] of talks)
      await expect(page.locator('[data-call-id]').filter({ hasText: answered }).first()).toBeVisible()
    const row = page.locator('[data-call-id]').filter({ hasText: talks[1][2] }).first()
    const callId = (await row.getAttribute('data-call-id')) ?? ''
    await openCall(page, floor, callId)
    await expect(page.locator('[data-interaction-id]')).toContainText([talks[1][1], talks[1][2]])

    // Nobody is there to obey: what cannot be done is refused in words, and ending it ends it.
    await page.getByRole('button', { name: /^Pause AI/ }).click()
    await expect(page.locator('[data-receipt]')).toContainText('A recorded call cannot be paused.')
    await page.keyboard.press('Shift+E')
    await page
      .getByRole('form', { name: 'End this call' })
      .getByRole('button', { name: /^End / })
      .press('Enter')
    await expect(page.getByText(/End the call.*applied/)).toBeVisible()
  } finally {
    await floor.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
