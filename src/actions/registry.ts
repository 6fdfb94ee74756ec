// Who can do what at this moment: parts on screen bind what an action does, keys and buttons run it. No React, no page.
import { type ActionId, recordOf } from '#src/actions/action-list.ts'
import { type ActionContext, emptyContext } from '#src/actions/action-record.ts'
import { type KeyChoice, type KeyMap, createKeyMap, defaultChoice } from '#src/actions/key-map.ts'
import { type Bound, type Standing, standingOf } from '#src/actions/standing.ts'
import { type UndoList, createUndoList } from '#src/actions/undo-list.ts'
import type { Cancel, Clock } from '#src/lib/clock.ts'

/** What an action does while its part is on screen. */
export interface Binding {
  /** False, or the reason in words: it cannot be done now. */
  when: boolean | string
  run: () => void
  /** The call it is done on, where it is one call and no other. */
  target: string | undefined
}

export interface Registry {
  /** The newest binding that can act wins. Returns the end of it. */
  bind(id: ActionId, binding: { current: Binding }): Cancel
  /** A binding says something new: what waited for it may be done now. */
  settle(id: ActionId): void
  /** Which of these that share a key is meant: the first that can be done, else the first whose part is on screen. */
  meant(ids: readonly ActionId[]): ActionId | undefined
  /** Runs it, on the call of the focused row where that is another than the open one; the standing says why not. */
  run(id: ActionId): Standing
  /** Opens the call where it is not open yet, then runs the act there, and nowhere else. */
  runOn(id: ActionId, callId: string): void
  standing(id: ActionId): Standing
  /** A page says what it shows; it is asked when somebody wants to know. */
  describe(read: () => Partial<ActionContext>): Cancel
  /** How an act gets to a call that is not open. */
  setReach(open: (callId: string) => void): Cancel
  context(): ActionContext
  /** A list of actions takes the focus away from the row it was called from: the call stays the one it was until the end. */
  holdCall(): Cancel
  choice(): KeyChoice
  setChoice(choice: KeyChoice): void
  keyMap(): KeyMap
  /** Told when the person's keys changed. */
  subscribe(listener: () => void): Cancel
  undo: UndoList
  /** Newest first, each once. */
  recent(): readonly ActionId[]
}

/** A call that an act waits for has to be there within this time, ms: nothing is done that somebody no longer expects. */
const reachWithinMs = 5000
const recentKept = 8

/** A registry without bindings. */
export function createRegistry(clock: Clock): Registry {
  const bindings = new Map<ActionId, { current: Binding }[]>()
  const listeners = new Set<() => void>()
  const pages: (() => Partial<ActionContext>)[] = []
  const reaches: ((callId: string) => void)[] = []
  const undo = createUndoList(clock)
  let choice = defaultChoice
  let map = createKeyMap(choice)
  let wanted: { id: ActionId; callId: string; until: number } | null = null
  let recent: readonly ActionId[] = []
  let held: Pick<ActionContext, 'call'> | null = null

  const context = (): ActionContext =>
    Object.assign({}, emptyContext, ...pages.map((read) => read()), held, {
      undo: undo.get().find(({ outcome }) => outcome === undefined)?.text ?? null,
    })
  const newest = (id: ActionId) => {
    const all = bindings.get(id) ?? []
    return (all.findLast(({ current }) => current.when === true) ?? all.at(-1))?.current
  }

  /** The call that the act would have to open first; null when it can act where it stands. */
  function farCall(id: ActionId, { call }: ActionContext): string | null {
    if (!recordOf(id).onRow || !call || reaches.length === 0) return null
    const binding = newest(id)
    if (!binding) return call.id
    return binding.target === undefined || binding.target === call.id ? null : call.id
  }

  function standing(id: ActionId): Standing {
    const now = context()
    const binding = newest(id)
    const far = farCall(id, now) !== null
    const bound: Bound = !binding
      ? 'absent'
      : binding.when === true
        ? 'ready'
        : { why: binding.when === false ? null : binding.when }
    return standingOf(recordOf(id), now, far ? 'absent' : bound, far)
  }

  function note(id: ActionId): void {
    if (recordOf(id).keyOnly) return
    recent = [id, ...recent.filter((other) => other !== id)].slice(0, recentKept)
  }

  function runOn(id: ActionId, callId: string): void {
    const binding = newest(id)
    if (binding?.target === callId && binding.when === true) {
      note(id)
      binding.run()
      return
    }
    wanted = { id, callId, until: clock.now() + reachWithinMs }
    reaches.at(-1)?.(callId)
  }

  function settle(id: ActionId): void {
    if (wanted?.id !== id) return
    const binding = newest(id)
    if (clock.now() > wanted.until) wanted = null
    else if (binding?.target === wanted.callId && binding.when === true) {
      wanted = null
      note(id)
      binding.run()
    }
  }

  const listed = <T>(list: T[], item: T): Cancel => {
    list.push(item)
    return () => void list.splice(list.indexOf(item), 1)
  }

  return {
    bind(id, binding) {
      bindings.set(id, [...(bindings.get(id) ?? []), binding])
      settle(id)
      return () =>
        bindings.set(
          id,
          (bindings.get(id) ?? []).filter((other) => other !== binding),
        )
    },
    settle,
    meant: (ids) =>
      ids.find((id) => standing(id).ready) ?? ids.find((id) => newest(id) !== undefined) ?? ids[0],
    run(id) {
      wanted = null
      const answer = standing(id)
      if (!answer.ready) return answer
      const far = farCall(id, context())
      if (far !== null) runOn(id, far)
      else {
        note(id)
        newest(id)?.run()
      }
      return answer
    },
    runOn,
    standing,
    describe: (read) => listed(pages, read),
    setReach: (open) => listed(reaches, open),
    context,
    holdCall() {
      const mine = { call: context().call }
      held = mine
      return () => {
        if (held === mine) held = null
      }
    },
    choice: () => choice,
    setChoice(next) {
      if (next === choice) return
      choice = next
      map = createKeyMap(choice)
      for (const listener of [...listeners]) listener()
    },
    keyMap: () => map,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    undo,
    recent: () => recent,
  }
}
