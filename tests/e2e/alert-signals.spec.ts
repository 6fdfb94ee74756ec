// What calls a supervisor who looks elsewhere: cues told apart by ear, a browser that blocks them, notifications of the computer.
import type { Page } from '@playwright/test'
import { expect, signIn } from '#tests/e2e/support/floor.ts'
import { test } from '#tests/e2e/support/platform.ts'

// A recorded page is looked at all the time, and to the browser a look by a program is a press.
test.use({ trace: 'off' })

interface Heard {
  /** Pitches of the notes that were started since they were asked for last, Hz. */
  notes: number[]
  notifications: { title: string; body: string; press: () => void }[]
}

declare global {
  interface Window {
    heard: Heard
  }
}

/** Listens where the page hands its notes and notifications to the browser; both go on their way. */
const listen = () => {
  window.heard = { notes: [], notifications: [] }
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
    window.heard.notes.push(Math.round(this.frequency.value))
    start.call(this, when)
  }
  const Shown = window.Notification
  window.Notification = class extends Shown {
    constructor(title: string, options?: NotificationOptions) {
      super(title, options)
      const press = () => void this.dispatchEvent(new Event('click'))
      window.heard.notifications.push({ title, body: options?.body ?? '', press })
    }
  }
}

const blockedSoundIsSaid = 'Sound is said to be blocked.'
const tellOfBlockedSound = `setInterval(() => {
  if ([...document.querySelectorAll('[role=status]')].some((one) => one.textContent.includes('Sound is blocked'))) console.info('${blockedSoundIsSaid}')
}, 200)`

const inbox = (page: Page) => page.getByRole('complementary', { name: 'Alerts' })
const notes = (page: Page) => page.evaluate(() => window.heard.notes.splice(0))

async function openSoundSettings(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Alerts:/ }).click()
  await inbox(page).getByRole('button', { name: 'Sound', exact: true }).click()
}

test('three cues are told apart by ear, and a browser that blocks sound is said to do so', async ({
  page,
  context,
  floor,
  line,
}) => {
  await page.addInitScript(listen)
  await line.startCall()
  await signIn(page, floor)
  await openSoundSettings(page)
  await inbox(page).getByRole('button', { name: 'Enable sound' }).click()
  await expect.poll(() => notes(page)).toEqual([587, 784])
  // A cue is not cut off by the next: a press that comes too early is pressed again.
  const hear = async (severity: string) => {
    let heard: number[] = []
    await expect(async () => {
      await page.getByRole('button', { name: `Test the ${severity} cue` }).click()
      heard = await notes(page)
      expect(heard).not.toEqual([])
    }).toPass()
    return heard
  }
  expect(await hear('info')).toEqual([440])
  expect(await hear('warning')).toEqual([587, 784])
  expect(await hear('critical')).toEqual([988, 988, 1175, 988, 988, 1175])

  // The next morning nobody has pressed anything yet, and browsers let a page sound only after a press.
  await page.close()
  const morning = await context.newPage()
  await morning.addInitScript(listen)
  await morning.addInitScript(tellOfBlockedSound)
  // A look at the page by this journey counts as a press: the page tells by itself when it says so.
  const told = morning.waitForEvent('console', { predicate: (line) => line.text() === blockedSoundIsSaid })
  await morning.goto(floor.url)
  await told
  const blocked = morning.getByRole('status').filter({ hasText: 'Sound is blocked' })
  await expect(blocked).toBeVisible()
  const callId = await line.startCall({ contact_name: 'Ana Ruiz' })
  await line.say(callId, 'I can smell gas in the kitchen.')
  await expect(morning.getByRole('button', { name: /^Alerts:.*critical/ })).toBeVisible()
  expect(await notes(morning)).toEqual([])
  await blocked.getByRole('button').click()
  await expect(blocked).toBeHidden()
  await expect.poll(() => notes(morning)).toEqual([988, 988, 1175, 988, 988, 1175])
})

test('a critical alert reaches a supervisor who is in another window, and its notification opens the line', async ({
  page,
  context,
  floor,
  line,
}) => {
  await page.addInitScript(listen)
  await context.grantPermissions(['notifications'], { origin: floor.url })
  const callId = await line.startCall({ contact_name: 'Bo Lind' })
  await signIn(page, floor)
  await openSoundSettings(page)
  await inbox(page)
    .getByRole('checkbox', { name: /^Show them while Callboard is behind/ })
    .check()
  await line.say(callId, 'The furnace smells odd.')
  await page.evaluate(() => {
    document.hasFocus = () => false
  })
  await line.say(callId, 'I can smell gas in the kitchen.')
  await expect
    .poll(() =>
      page.evaluate(() => window.heard.notifications.map(({ title, body }) => `${title} / ${body}`)),
    )
    .toEqual([expect.stringMatching(/^Danger on the line \/ Bo Lind: Said “smell gas”/)])
  await page.evaluate(() => window.heard.notifications[0]?.press())
  await expect(page).toHaveURL(new RegExp(`/live/${callId}`))
  await expect(page.getByText('I can smell gas in the kitchen.').first()).toBeVisible()
})
