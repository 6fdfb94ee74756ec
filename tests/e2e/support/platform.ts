// A voice platform of a journey's own: reports facts by the signed webhook and takes commands at an address of its own.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import type { z } from 'zod'
import type { CallReport, TelephonyEvent } from '#contract/telephony.ts'
import type { CallInteraction } from '#contract/transcript.ts'
import { type Floor, accessToken, test as base, expect, startFloor } from '#tests/e2e/support/floor.ts'

type Fact = z.input<typeof TelephonyEvent>

export interface Command {
  command_id: string
  call_id: string
  action: string
  text?: string
  by: { id: string; name: string }
  /** Answers the request that brought it; 202 says that it is on its way. */
  answer(status?: number): void
}

/** The end of the line where commands arrive. */
export interface Desk {
  url: string
  /** In the order of arrival. */
  commands: Command[]
  /** What is done with a command; answered at once unless a journey says otherwise. */
  onCommand: (command: Command) => void
}

/** The end of the line that reports. */
export interface Line {
  /** Posts facts in one signed delivery; resolves when they are committed. */
  report(...events: Fact[]): Promise<void>
  /** A call that has been answered; it ends with the journey. */
  startCall(call?: Partial<z.input<typeof CallReport>>): Promise<string>
  /** Says a line on the call. */
  say(callId: string, text: string, speaker?: 'ai' | 'customer'): Promise<void>
  endCall(callId: string): Promise<void>
}

async function startDesk(): Promise<Desk & { close(): Promise<void> }> {
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    open.add(response)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Omit<Command, 'answer'>
      const command = { ...body, answer: (status = 202) => void response.writeHead(status).end() }
      desk.commands.push(command)
      desk.onCommand(command)
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const desk: Desk = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/commands`,
    commands: [],
    onCommand: (command) => command.answer(),
  }
  return Object.assign(desk, {
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

function createLine(floor: Floor): Line & { endAll(): Promise<void> } {
  const webhook = new Webhook(readFileSync(join(floor.dataDir, 'webhook-secret'), 'utf8').trim())
  const live = new Set<string>()
  let lines = 0

  async function report(...events: Fact[]): Promise<void> {
    const body = JSON.stringify({ events })
    const id = randomUUID()
    const now = new Date()
    const answer = await fetch(`${floor.url}/api/v1/webhooks/telephony?company=demo`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': webhook.sign(id, now, body),
      },
    })
    if (!answer.ok) throw new Error(`The delivery was refused: ${answer.status} ${await answer.text()}`)
  }
  const end = (callId: string): Fact => ({ event: 'call.ended', data: { call_id: callId } })

  return {
    report,
    async startCall(call = {}) {
      const id = `own-${randomUUID().slice(0, 8)}`
      live.add(id)
      const known = { id, direction: 'inbound', status: 'in_progress', ai_name: 'Ava' } as const
      const numbers = { from_number: '+12105550123', to_number: '+12105550100' }
      await report({ event: 'call.started', data: { call: { ...known, ...numbers, ...call } } })
      return id
    },
    say(callId, text, speaker = 'customer') {
      lines += 1
      const interaction = { id: `line-${lines}`, speaker, text }
      return report({ event: 'interaction.added', data: { call_id: callId, interaction } })
    },
    async endCall(callId) {
      live.delete(callId)
      await report(end(callId))
    },
    async endAll() {
      if (live.size > 0) await report(...[...live].map(end))
    },
  }
}

interface PlatformFixtures {
  line: Line
  /** Fresh for every journey. */
  desk: Desk
}

/** A floor without a simulator: nothing happens on it but what a journey reports. */
export const test = base.extend<PlatformFixtures, { deskServer: Desk }>({
  deskServer: [
    // Playwright reads from this pattern what the fixture needs: nothing.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const desk = await startDesk()
      await provide(desk)
      await desk.close()
    },
    { scope: 'worker' },
  ],
  floor: [
    async ({ deskServer, floorEnv }, provide) => {
      const floor = await startFloor({ FEED: 'none', CONTROL_URL: deskServer.url, ...floorEnv })
      await provide(floor)
      await floor.close()
    },
    { scope: 'worker' },
  ],
  async desk({ deskServer }, provide) {
    deskServer.commands.length = 0
    deskServer.onCommand = (command) => command.answer()
    await provide(deskServer)
  },
  async line({ floor }, provide) {
    const line = createLine(floor)
    await provide(line)
    await line.endAll()
  },
})
export { expect }

const tokens = new WeakMap<Floor, Promise<string>>()

async function get<Body>(floor: Floor, path: string): Promise<Body> {
  // One sign-in for all questions: sign-ins are throttled.
  const token = tokens.get(floor) ?? accessToken(floor, 'owner')
  tokens.set(floor, token)
  const answer = await fetch(`${floor.url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${await token}` },
  })
  return (await answer.json()) as Body
}

/** Ids of the live calls as the server knows them, sorted. */
export async function liveCallIds(floor: Floor): Promise<string[]> {
  const { calls } = await get<{ calls: { id: string }[] }>(
    floor,
    'calls?status=initiated,ringing,in_progress,escalated&limit=100',
  )
  return calls.map(({ id }) => id).sort()
}

/** The transcript as the server has it. */
export async function storedLines(floor: Floor, callId: string): Promise<CallInteraction[]> {
  return (await get<{ interactions: CallInteraction[] }>(floor, `calls/${callId}/interactions`)).interactions
}

/** The grid shows rows of exactly these live calls, each once, whatever their order. */
export async function expectRows(page: Page, callIds: readonly string[]): Promise<void> {
  const rows = page.locator('[data-call-id]:not(.grid-row-ended)')
  const shown = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-call-id') ?? ''))
  await expect.poll(async () => (await shown()).sort()).toEqual([...callIds].sort())
}

/**
 * The page keeps its line and its floor itself, as in a browser without workers: a test's clock and its hand on the wire
 * reach the page alone. Called before the page is opened.
 */
export async function onOneThread(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
}

/** The grid shows exactly the server's live calls, each once, and the strip over it counts them. */
export async function expectFloorRight(page: Page, floor: Floor): Promise<void> {
  const live = await liveCallIds(floor)
  await expectRows(page, live)
  await expect(page.locator('.kpi').filter({ hasText: 'Live calls' }).locator('dd > b')).toHaveText(
    String(live.length),
  )
}

/** The open transcript shows each of the server's lines once and in order. Only for scripts that fit the pane. */
export async function expectTranscriptRight(page: Page, floor: Floor, callId: string): Promise<void> {
  const stored = await storedLines(floor, callId)
  const shown = page.locator('[data-interaction-id]')
  await expect
    .poll(() => shown.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-interaction-id'))))
    .toEqual(stored.map(({ id }) => String(id)))
  for (const [index, { text }] of stored.entries()) await expect(shown.nth(index)).toContainText(text)
}

/** Opens the call's pane at its address. */
export async function openCall(page: Page, { url }: Pick<Floor, 'url'>, callId: string): Promise<void> {
  await page.goto(`${url}/live/${callId}`)
  await expect(page.getByRole('region', { name: 'Step in' })).toBeVisible()
  await expect(page.locator('[data-connection]').first()).toHaveAttribute('data-connection', 'live')
}
