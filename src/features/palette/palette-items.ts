// What the palette offers for what was typed: actions first, then places, then calls, then agents. Pure.
import { type ActionId, allActions } from '#src/actions/action-list.ts'
import type { ActionRecord } from '#src/actions/action-record.ts'
import type { Standing } from '#src/actions/standing.ts'
import type { ActCall } from '#src/floor/floor-digest.ts'
import type { FoundAgent, FoundCall, FoundOnFloor } from '#src/floor/find-calls.ts'
import { fit, plain, typedWords } from '#src/lib/fuzzy.ts'

export type PaletteItem =
  | { kind: 'action'; key: string; id: ActionId; record: ActionRecord; standing: Standing }
  | { kind: 'act-call'; key: string; call: ActCall }
  | { kind: 'call'; key: string; call: FoundCall }
  | { kind: 'agent'; key: string; agent: FoundAgent }

export interface PaletteSection {
  name: string
  items: readonly PaletteItem[]
}

type ActionItem = Extract<PaletteItem, { kind: 'action' }>

const actCallsShown = 5

/** What the palette is told of the console. */
export interface PaletteSource {
  standing: (id: ActionId) => Standing
  /** Newest first. */
  recent: readonly ActionId[]
  acts: readonly ActCall[]
  found: FoundOnFloor
}

/** The sections to show, without the empty ones. An area that is not there is not offered; the rest says why it cannot be done. */
export function paletteSections(typed: string, source: PaletteSource): readonly PaletteSection[] {
  const words = typedWords(typed)
  const all = allActions.flatMap(([id, record]): ActionItem[] => {
    const standing = source.standing(id)
    if (record.keyOnly || (record.group === 'Go to' && !standing.ready)) return []
    return [{ kind: 'action', key: id, id, record, standing }]
  })
  const isPlace = ({ record }: ActionItem) => record.group === 'Go to'
  const acts = rank(
    all.filter((item) => !isPlace(item)),
    words,
    source.recent,
  )
  const calls: PaletteItem[] =
    words.length === 0
      ? source.acts
          .slice(0, actCallsShown)
          .map((call) => ({ kind: 'act-call', key: `call ${call.id}`, call }))
      : source.found.calls.map((call) => ({ kind: 'call', key: `call ${call.id}`, call }))
  return [
    { name: 'Actions', items: acts },
    { name: 'Go to', items: rank(all.filter(isPlace), words, source.recent) },
    { name: words.length === 0 ? 'Calls that need a person' : 'Calls', items: calls },
    {
      name: 'Agents',
      items: source.found.agents.map(
        (agent): PaletteItem => ({
          kind: 'agent',
          key: `agent ${agent.kind} ${agent.name}`,
          agent,
        }),
      ),
    },
  ].filter(({ items }) => items.length > 0)
}

/** What can be done before what cannot; then the better fit; then what was done last. */
function rank(
  items: readonly ActionItem[],
  words: readonly string[],
  recent: readonly ActionId[],
): ActionItem[] {
  const ranked = items.flatMap((item, index) => {
    const score = words.length === 0 ? 1 : fitOf(item.record, words)
    const at = recent.indexOf(item.id)
    return score > 0 ? [{ item, score, age: at < 0 ? recent.length + index : at }] : []
  })
  ranked.sort(
    (a, b) =>
      Number(b.item.standing.ready) - Number(a.item.standing.ready) || b.score - a.score || a.age - b.age,
  )
  return ranked.map(({ item }) => item)
}

/** Other words count from four letters on: fewer are more likely the begin of a name. */
function fitOf({ title, also = '' }: ActionRecord, words: readonly string[]): number {
  const own = fit(words, [plain(title)])
  if (own > 0 || words.some((word) => word.length < 4)) return own
  return fit(words, [plain(`${title} ${also}`)]) / 2
}
