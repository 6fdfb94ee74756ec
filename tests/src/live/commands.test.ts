// A supervisor's act from the click to the receipt, and every way it can get lost.
import { expect, test } from 'vitest'
import type { ApiProblem } from '#contract/errors.ts'
import type { Api } from '#src/lib/api.ts'
import type { Result } from '#src/lib/result.ts'
import { createCommands } from '#src/live/commands.ts'
import type { PendingCommand } from '#src/live/live-state.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import { createLoadOlder } from '#src/live/load-older.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeCall, makeFrame, makeIntervention, makeLine } from '#tests/support/factories.ts'

interface Asked {
  route: string
  options: { body?: Record<string, unknown>; query?: Record<string, unknown> }
  answer(result: Result<unknown, ApiProblem>): Promise<void>
}

function setUp() {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  const asked: Asked[] = []
  const api = {
    request: (route: string, options: Asked['options']) =>
      new Promise((resolve) => {
        asked.push({
          route,
          options,
          async answer(result) {
            resolve(result)
            await clock.advance(0)
          },
        })
      }),
  } as unknown as Api
  let ids = 0
  const commands = createCommands({ api, store, clock, newId: () => `command-${(ids += 1)}` })
  const pending = (): PendingCommand[] => [...store.getState().pending.values()]
  const receipt = (command_id: string): void => {
    store.inbox.onFrames([makeFrame('intervention.updated', makeIntervention({ command_id }))])
    clock.paint()
  }
  const last = (): Asked => {
    const request = asked.at(-1)
    if (!request) throw new Error('nothing was asked')
    return request
  }
  return { clock, store, api, asked, commands, pending, receipt, last }
}

const problem = (over: Partial<ApiProblem>): Result<never, ApiProblem> => ({
  ok: false,
  problem: { status: 0, code: 'NETWORK', message: 'The server cannot be reached.', ...over },
})
const accepted: Result<unknown, ApiProblem> = { ok: true, value: { success: true, state: 'sent' } }

test('P7 a message is pending under an id of its own until its receipt comes', async () => {
  const { commands, pending, receipt, last } = setUp()
  void commands.sendMessage('c1', 'Offer a refund')
  expect(pending()).toMatchObject([
    {
      commandId: 'command-1',
      callId: 'c1',
      action: 'send_message',
      text: 'Offer a refund',
      state: 'sending',
    },
  ])
  expect(last().options.body).toEqual({
    action: 'send_message',
    message: 'Offer a refund',
    command_id: 'command-1',
  })
  await last().answer(accepted)
  expect(pending()).toHaveLength(1)
  receipt('command-1')
  expect(pending()).toEqual([])
})

test('P7 a receipt that is faster than the answer leaves nothing behind', async () => {
  const { clock, commands, pending, receipt, last } = setUp()
  void commands.pause('c1')
  receipt('command-1')
  await last().answer(accepted)
  await clock.advance(60_000)
  expect(pending()).toEqual([])
})

test('an accepted wish whose receipt event never comes is not pending for ever', async () => {
  const { clock, commands, pending, last } = setUp()
  void commands.end('c1')
  await last().answer(accepted)
  await clock.advance(5000)
  expect(pending()).toEqual([])
})

test('a refused wish keeps its reason until it is dismissed', async () => {
  const { clock, commands, pending, last } = setUp()
  const result = commands.resume('c1')
  await last().answer(problem({ status: 400, code: 'CALL_NOT_ACTIVE', message: 'The call has ended.' }))
  expect((await result).ok).toBe(false)
  await clock.advance(3600_000)
  expect(pending()).toMatchObject([{ state: 'refused', detail: 'The call has ended.' }])
  commands.dismiss('command-1')
  expect(pending()).toEqual([])
})

test.each([
  ['no network', {}],
  ['silence', { code: 'TIMEOUT' }],
  ['a server fault', { status: 502, code: 'INTERNAL_ERROR' }],
])('R-16 after %s nothing is repeated by itself; asking again uses the same id', async (_, over) => {
  const { clock, commands, asked, pending, receipt, last } = setUp()
  void commands.override('c1', 'Be brief')
  await last().answer(problem(over))
  expect(pending()).toMatchObject([{ state: 'unknown', detail: 'No answer yet' }])
  await clock.advance(60_000)
  expect(asked).toHaveLength(1)
  const check = commands.check('command-1')
  expect(pending()).toMatchObject([{ state: 'sending' }])
  expect(last().options.body).toEqual(asked[0]?.options.body)
  await last().answer(accepted)
  expect(await check).toBe(true)
  receipt('command-1')
  expect(pending()).toEqual([])
})

test('a receipt settles a wish that had no answer', async () => {
  const { commands, asked, pending, receipt, last } = setUp()
  void commands.pause('c1')
  await last().answer(problem({}))
  receipt('command-1')
  expect(pending()).toEqual([])
  expect(await commands.check('command-1')).toBe(false)
  expect(asked).toHaveLength(1)
})

test('a second click while the first is on its way is no second act', async () => {
  const { commands, asked, last } = setUp()
  const first = commands.pause('c1')
  const second = commands.pause('c1')
  expect(second).toBe(first)
  void commands.pause('c2')
  void commands.resume('c1')
  expect(asked).toHaveLength(3)
  await asked[0]?.answer(accepted)
  void commands.pause('c1')
  expect(last().options.body).toMatchObject({ command_id: 'command-4' })
})

test('two different messages at once are both said', () => {
  const { commands, asked } = setUp()
  void commands.sendMessage('c1', 'One')
  void commands.sendMessage('c1', 'Two')
  void commands.sendMessage('c1', 'Two')
  expect(asked).toHaveLength(2)
})

test('a wish under way cannot be dismissed', () => {
  const { commands, pending } = setUp()
  void commands.pause('c1')
  commands.dismiss('command-1')
  expect(pending()).toHaveLength(1)
})

test('escalating, ending, dialling and noting reach their endpoints', () => {
  const { commands, asked } = setUp()
  void commands.escalate('c1', { agentId: 'a1', reason: 'Angry', contextNote: 'VIP' })
  void commands.end('c1', { reason: 'Done', notes: 'Ok' })
  void commands.initiate({ to_number: '+12105550142' })
  void commands.addNote('c1', { note: 'Call back', tags: ['vip'] })
  void commands.addNote('c1', { note: 'Call back', tags: ['vip'] })
  expect(asked.map(({ route, options }) => [route, options.body])).toEqual([
    [
      'POST /api/v1/calls/:call_id/escalate',
      { agent_id: 'a1', reason: 'Angry', context_note: 'VIP', command_id: 'command-1' },
    ],
    ['POST /api/v1/calls/:call_id/end', { reason: 'Done', notes: 'Ok', command_id: 'command-2' }],
    ['POST /api/v1/calls/initiate', { to_number: '+12105550142', command_id: 'command-3' }],
    ['POST /api/v1/calls/:call_id/notes', { note: 'Call back', tags: ['vip'], category: undefined }],
  ])
})

test('older lines are fetched from before the oldest one held, once at a time', async () => {
  const { clock, store, api, asked, last } = setUp()
  store.open('c1')
  store.inbox.onSnapshot(
    {
      stream: 'call:c1',
      part: 1,
      parts: 1,
      seq: 1,
      detail: {
        call: makeCall({ id: 'c1' }),
        interactions: [makeLine({ id: 50 })],
        interactions_count: 3,
        interventions: [],
        notes: [],
      },
    },
    0,
  )
  clock.paint()
  const loadOlder = createLoadOlder({ api, store })
  const loading = loadOlder('c1')
  void loadOlder('c1')
  expect(asked).toHaveLength(1)
  expect(last().options.query).toEqual({ limit: 200, before: 50 })
  await last().answer({
    ok: true,
    value: { interactions: [makeLine({ id: 4 }), makeLine({ id: 9 })], total: 3 },
  })
  expect(await loading).toEqual({ ok: true, value: 2 })
  const open = store.getState().openCalls.get('c1')
  expect(open?.lines.map(({ id }) => id)).toEqual([4, 9, 50])
  expect(open?.hasOlder).toBe(false)
  expect(await loadOlder('c1')).toEqual({ ok: true, value: 0 })
  expect(asked).toHaveLength(1)
})

test('pressing again while nobody answered asks about the same act under the same id', async () => {
  const { commands, pending, asked, last } = setUp()
  void commands.sendMessage('c1', 'Offer a refund')
  await last().answer(problem({}))
  expect(pending()).toMatchObject([{ commandId: 'command-1', state: 'unknown' }])
  void commands.sendMessage('c1', 'Offer a refund')
  expect(asked).toHaveLength(2)
  expect(last().options.body).toMatchObject({ command_id: 'command-1', message: 'Offer a refund' })
  expect(pending()).toMatchObject([{ commandId: 'command-1', state: 'sending' }])
  // Other words are another act.
  void commands.sendMessage('c1', 'Offer noon')
  expect(last().options.body).toMatchObject({ command_id: 'command-2' })
})

test('an act on a call that somebody else has leaves nothing behind but the answer', async () => {
  const { commands, pending, last } = setUp()
  const answer = commands.pause('c1', { seconds: 30 })
  await last().answer(problem({ status: 409, code: 'CALL_CLAIMED', message: 'Marcus has this call.' }))
  expect(await answer).toMatchObject({ ok: false, problem: { code: 'CALL_CLAIMED' } })
  expect(pending()).toEqual([])
  void commands.pause('c1', { seconds: 30, force: true })
  expect(last().options.body).toMatchObject({ command_id: 'command-2', duration_s: 30, force: true })
})
