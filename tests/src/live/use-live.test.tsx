// The hooks: a cell renders again when its own value changed, and only then.
import { act, render, screen } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { expect, test } from 'vitest'
import type { Call } from '#contract/call.ts'
import type { Commands } from '#src/live/commands.ts'
import { createFloorDesk } from '#src/floor/floor-desk.ts'
import { createLiveStore } from '#src/live/live-store.ts'
import {
  LiveProvider,
  useBoard,
  useCall,
  useConnection,
  useDigest,
  useLatestIntervention,
  useLoaded,
  useOpenCall,
  useOpenCallSubscription,
  usePending,
  useServerNow,
} from '#src/live/use-live.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeCall, makeFrame, makeIntervention } from '#tests/support/factories.ts'

function setUp() {
  const clock = createFakeClock()
  const store = createLiveStore({ clock, scheduler: clock.scheduler, needSnapshot: () => {} })
  const streams: string[] = []
  const actions = {
    subscribe(stream: string) {
      streams.push(`+${stream}`)
      return () => streams.push(`-${stream}`)
    },
    retryNow: () => {},
    commands: {} as Commands,
    loadOlder: async () => ({ ok: true as const, value: 0 }),
  }
  store.start()
  const desk = createFloorDesk(store, clock)
  desk.start()
  const show = (children: ReactNode, wrapper?: typeof StrictMode) =>
    render(
      <LiveProvider store={store} desk={desk} actions={actions}>
        {children}
      </LiveProvider>,
      wrapper ? { wrapper } : {},
    )
  const tell = (...frames: Parameters<typeof store.inbox.onFrames>[0]): void =>
    act(() => {
      store.inbox.onFrames(frames)
      clock.paint()
    })
  const put = (over: Partial<Call> & { id: string }): void =>
    tell(
      makeFrame(store.getState().calls.has(over.id) ? 'call.updated' : 'call.started', {
        call: makeCall(over),
      }),
    )
  return { clock, store, desk, streams, show, tell, put }
}

const selectQa = (call: Call): number | undefined => call.qa_score
const selectTags = (call: Call): string[] => call.tags?.map((tag) => tag.toUpperCase()) ?? []

test('a cell renders again only when its own value changes', () => {
  const { show, put } = setUp()
  let renders = 0
  function Qa(): ReactNode {
    renders += 1
    return <p>QA {useCall('c1', selectQa) ?? 'none'}</p>
  }
  put({ id: 'c1', qa_score: 0.5 })
  show(<Qa />)
  put({ id: 'c1', qa_score: 0.5, tags: ['vip'] })
  put({ id: 'c2', qa_score: 0.9 })
  expect(renders).toBe(1)
  put({ id: 'c1', qa_score: 0.7 })
  expect(renders).toBe(2)
  expect(screen.getByText('QA 0.7')).toBeInTheDocument()
})

test('a selector that makes a new list every time, written in place, does not spin', () => {
  const { show, put } = setUp()
  let renders = 0
  function Tags({ id }: { id: string }): ReactNode {
    renders += 1
    const stable = useCall(id, selectTags)
    const inline = useCall(id, (call) => [...(call.tags ?? [])])
    return (
      <p>
        {stable?.join()} {inline?.join()}
      </p>
    )
  }
  put({ id: 'c1', tags: ['vip'] })
  show(<Tags id="c1" />)
  put({ id: 'c2' })
  expect(renders).toBe(1)
  put({ id: 'c1', tags: ['late'] })
  expect(renders).toBe(2)
  expect(screen.getByText('LATE late')).toBeInTheDocument()
})

test('a cell whose row is reused for another call shows the other call', () => {
  const { show, put, store, desk } = setUp()
  function Qa({ id }: { id: string }): ReactNode {
    return <p>QA {useCall(id, selectQa) ?? 'none'}</p>
  }
  put({ id: 'c1', qa_score: 0.1 })
  put({ id: 'c2', qa_score: 0.2 })
  const actions = {
    subscribe: () => () => {},
    retryNow: () => {},
    commands: {} as Commands,
    loadOlder: async () => ({ ok: true as const, value: 0 }),
  }
  const { rerender } = show(<Qa id="c1" />)
  rerender(
    <LiveProvider store={store} desk={desk} actions={actions}>
      <Qa id="c2" />
    </LiveProvider>,
  )
  expect(screen.getByText('QA 0.2')).toBeInTheDocument()
  put({ id: 'c2', qa_score: 0.3 })
  expect(screen.getByText('QA 0.3')).toBeInTheDocument()
})

test('the board keeps its identity until a call comes or leaves', () => {
  const { clock, show, put, tell } = setUp()
  const seen = new Set<object>()
  function Count(): ReactNode {
    const board = useBoard()
    seen.add(board)
    return <p>{board.count} rows</p>
  }
  put({ id: 'a' })
  act(() => clock.tick(300))
  show(<Count />)
  put({ id: 'a', tags: ['x'] })
  act(() => clock.tick(5000))
  expect(seen.size).toBe(1)
  put({ id: 'b' })
  act(() => clock.tick(300))
  expect(screen.getByText('2 rows')).toBeInTheDocument()
  tell(makeFrame('call.left', { call_id: 'a' }))
  act(() => clock.tick(300))
  expect(screen.getByText('1 rows')).toBeInTheDocument()
  expect(seen.size).toBe(3)
})

test('a figure over the floor is taken on the slow beat, and soon when a call comes', () => {
  const { clock, show, put } = setUp()
  let renders = 0
  function Counts(): ReactNode {
    renders += 1
    const { all, negative } = useDigest(({ chips }) => chips)
    return (
      <p>
        {all} calls, {negative} unhappy
      </p>
    )
  }
  put({ id: 'a' })
  act(() => clock.tick(300))
  show(<Counts />)
  for (let turn = 0; turn < 20; turn += 1) put({ id: 'a', sentiment: 'negative', tags: [`${turn}`] })
  expect(renders).toBe(1)
  expect(screen.getByText('1 calls, 0 unhappy')).toBeInTheDocument()
  act(() => clock.tick(1000))
  expect(screen.getByText('1 calls, 1 unhappy')).toBeInTheDocument()
  put({ id: 'b' })
  act(() => clock.tick(300))
  expect(screen.getByText('2 calls, 1 unhappy')).toBeInTheDocument()
})

test('an equal list over the floor wakes nobody', () => {
  const { clock, show, put } = setUp()
  let renders = 0
  function List(): ReactNode {
    renders += 1
    return <p>{useDigest(({ businesses }) => businesses).length}</p>
  }
  put({ id: 'a', business_id: 'roofs' })
  act(() => clock.tick(300))
  show(<List />)
  put({ id: 'a', business_id: 'roofs', tags: ['x'] })
  act(() => clock.tick(1000))
  expect(renders).toBe(1)
})

test('the clock of all cells ticks once a second, on the server time', () => {
  const { clock, show, store } = setUp()
  function Now(): ReactNode {
    return <p>{new Date(useServerNow()).toISOString().slice(11, 19)}</p>
  }
  act(() => store.inbox.onConnection({ ...store.getState().connection, clockOffsetMs: 60_000 }))
  show(<Now />)
  expect(screen.getByText('14:01:00')).toBeInTheDocument()
  act(() => clock.tick(2000))
  expect(screen.getByText('14:01:02')).toBeInTheDocument()
})

test('wishes and receipts of a call reach the cells of that call', () => {
  const { show, store, tell } = setUp()
  let renders = 0
  function Marks(): ReactNode {
    renders += 1
    const pending = usePending('c1')
    const act = useLatestIntervention('c1')
    return (
      <p>
        {pending.map(({ action }) => action).join()} {act?.state ?? 'nothing'}
      </p>
    )
  }
  show(<Marks />)
  const wish = { commandId: 'm1', callId: 'c1', action: 'pause', askedAt: 0, state: 'sending' } as const
  act(() => store.setPending({ ...wish, commandId: 'm2', callId: 'c2' }))
  expect(renders).toBe(1)
  act(() => store.setPending(wish))
  expect(screen.getByText('pause nothing')).toBeInTheDocument()
  tell(makeFrame('intervention.updated', makeIntervention({ command_id: 'm1', state: 'applied' })))
  expect(screen.getByText('applied')).toBeInTheDocument()
})

test('an open call streams while it is shown, and ends with it; in strict mode too', () => {
  const { show, streams, store } = setUp()
  function Pane(): ReactNode {
    useOpenCallSubscription('c1')
    return <p>{useOpenCall('c1', (open) => open?.status ?? 'closed')}</p>
  }
  const { unmount } = show(<Pane />, StrictMode)
  expect(screen.getByText('loading')).toBeInTheDocument()
  expect(streams).toEqual(['+call:c1', '-call:c1', '+call:c1'])
  unmount()
  expect(streams.at(-1)).toBe('-call:c1')
  expect(store.getState().openCalls.size).toBe(0)
})

test('connection and loading are told apart from an empty floor', () => {
  const { clock, show, store } = setUp()
  function Mark(): ReactNode {
    return (
      <p>
        {useConnection().status} {useLoaded() ? 'loaded' : 'loading'}
      </p>
    )
  }
  show(<Mark />)
  expect(screen.getByText('connecting loading')).toBeInTheDocument()
  act(() => {
    store.inbox.onSnapshot({ stream: 'calls', part: 1, parts: 1, seq: 1, calls: [] }, 0)
    clock.paint()
  })
  expect(screen.getByText('connecting loaded')).toBeInTheDocument()
})
