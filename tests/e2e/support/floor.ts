// A real server of a journey's own: the built program, a fresh data folder, the simulator with a fixed seed.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'

export interface Floor {
  url: string
  /** Where it keeps its data and the secrets it made for itself. */
  dataDir: string
  /** Ends the process (SIGKILL when `hard`) and resolves when it is gone. */
  stop(hard?: boolean): Promise<void>
  /** Starts it again on the same port and the same data. */
  start(): Promise<void>
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

export async function startFloor(
  env: Record<string, string> = {},
): Promise<Floor & { close(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'callboard-e2e-'))
  const template = process.env['TEMPLATE_DATA_DIR']
  if (template && env['DATA_DIR'] === undefined) cpSync(template, dataDir, { recursive: true })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server: ChildProcess | null = null

  const stop = async (hard = false) => {
    const running = server
    server = null
    if (!running || running.exitCode !== null) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill(hard ? 'SIGKILL' : 'SIGTERM')
    await gone
  }
  const start = async () => {
    server = spawn('node', ['build/server/main.js'], {
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        DEMO: '1',
        LOG_LEVEL: 'error',
        SIM_CALLS: '24',
        SIM_SEED: 'journeys',
        TRUST_PROXY: 'loopback',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    await expect
      .poll(
        () =>
          fetch(`${url}/readyz`).then(
            (answer) => answer.ok,
            () => false,
          ),
        { timeout: 40_000 },
      )
      .toBe(true)
  }
  await start()
  return {
    url,
    dataDir,
    stop,
    start,
    close: async () => {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/**
 * An address of its own for each journey, told as a proxy tells it: sign-ins are limited by the address they come from,
 * and journeys that run one after the other are not one person in a hurry.
 */
const ownAddress = () => ({
  'x-forwarded-for': `10.${[0, 0, 0].map(() => randomInt(1, 255)).join('.')}`,
})

export interface Fixtures {
  /** Fails the test when the page logs an error or the network refuses something unexpected. */
  clean: { allow(pattern: RegExp): void }
}

export const test = base.extend<Fixtures, { floor: Floor; floorEnv: Record<string, string> }>({
  floorEnv: [{}, { option: true, scope: 'worker' }],
  floor: [
    async ({ floorEnv }, use) => {
      const floor = await startFloor(floorEnv)
      await use(floor)
      await floor.close()
    },
    { scope: 'worker' },
  ],
  // oxlint-disable-next-line no-empty-pattern
  extraHTTPHeaders: async ({}, provide) => provide(ownAddress()),
  clean: [
    async ({ page }, use) => {
      const faults: string[] = []
      // Too many sign-ins in a minute are refused, and the browser says so; `signIn` waits.
      const allowed: RegExp[] = [/status of 429/]
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(String(error)))
      await use({ allow: (pattern) => void allowed.push(pattern) })
      expect(faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)))).toEqual([])
    },
    { auto: true },
  ],
})
export { expect }

/**
 * Signs in with the one click of a demo person and waits for the floor. Journeys that share a server may sign in more
 * often in a minute than one person may: then it waits, as a person would.
 */
export async function signIn(page: Page, floor: { url: string }, name = 'Dana Whitfield'): Promise<void> {
  await page.goto(floor.url)
  const person = page.getByRole('button', { name: new RegExp(name) }).first()
  const mark = page.locator('[data-connection]').first()
  await expect(async () => {
    if (!(await mark.isVisible())) await person.click({ timeout: 5000 })
    await expect(mark).toHaveAttribute('data-connection', 'live', { timeout: 8000 })
  }).toPass({ timeout: 75_000 })
  await expect(page.locator('[data-call-id]').first()).toBeVisible()
}

/** Id of a call that talks: inbound, on the line with the AI, opened by its row. */
export async function openTalkingCall(page: Page, floor: Floor): Promise<string> {
  const callId = await talkingCall(floor)
  await page.goto(`${floor.url}/live/${callId}`)
  await expect(page.getByRole('region', { name: 'Step in' })).toBeVisible()
  await expect(page.locator('[data-interaction-id]').first()).toBeVisible()
  return callId
}

/** The youngest call that has been talking for a moment and that nobody has in hand, from the API: it will last long enough. */
export async function talkingCall(floor: Floor): Promise<string> {
  const token = await accessToken(floor, 'manager')
  let found: string | undefined
  await expect
    .poll(
      async () => {
        const answer = await fetch(`${floor.url}/api/v1/calls?status=in_progress&limit=100`, {
          headers: { authorization: `Bearer ${token}` },
        })
        if (!answer.ok) return undefined
        const { calls } = (await answer.json()) as {
          calls: {
            id: string
            started_at: string
            escalation_status?: string
            last_line?: unknown
            claimed_by?: unknown
          }[]
        }
        found = calls.find(
          (call) =>
            call.last_line &&
            !call.escalation_status &&
            !call.claimed_by &&
            Date.now() - Date.parse(call.started_at) > 8000,
        )?.id
        return found
      },
      { timeout: 30_000 },
    )
    .toBeTruthy()
  return found as string
}

/** A token of the person; a minute's sign-in limit is waited out. */
export async function accessToken(floor: Floor, person: string): Promise<string> {
  for (;;) {
    const answer = await fetch(`${floor.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...ownAddress() },
      body: JSON.stringify({ email: `${person}@demo.callboard.test`, password: 'callboard' }),
    })
    if (answer.status !== 429) return ((await answer.json()) as { token: string }).token
    const seconds = Number(answer.headers.get('retry-after') ?? 1)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  }
}
