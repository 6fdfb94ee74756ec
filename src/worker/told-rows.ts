// What the page knows of which call: the rows it must be told anew, and those it may let go.
import type { Call } from '#contract/call.ts'
import type { DeskWindow } from '#src/floor/desk.ts'
import type { Update } from '#src/worker/messages.ts'

/** Rows around those on screen that are told at once as well. */
const livelyRows = 1

/** What the page looks at. */
export interface PageSight {
  /** Rows of the board on screen: the first, and the one after the last. */
  from: number
  to: number
  /** Calls that are wanted wherever they stand. */
  watched: readonly string[]
}

type News = Pick<Update, 'rows' | 'dropped'>

export interface ToldRows {
  /** Calls whose news are told at once: rows on screen and those that are wanted wherever they stand. */
  inSight(window: DeskWindow | undefined, sight: PageSight): ReadonlySet<string>
  /** Adds rows on screen that changed, and those of the window that the page does not know yet. */
  addChanged(news: News, window: DeskWindow | undefined, sight: PageSight): void
  /** Adds all rows of the window that changed; what is in it no more is let go. */
  addAll(news: News, window: DeskWindow | undefined, sight: PageSight): void
}

/** Nothing told yet; `row` is the call as it is now, undefined when it has left. */
export function createToldRows(row: (callId: string) => Call | undefined): ToldRows {
  const told = new Map<string, Call>()

  function tell(id: string, { rows }: News): void {
    const call = row(id)
    if (!call || told.get(id) === call) return
    told.set(id, call)
    rows.push(call)
  }

  function letGo(news: News, isWanted: (id: string) => boolean): void {
    const unwanted = [...told.keys()].filter((id) => !isWanted(id))
    if (unwanted.length === 0) return
    for (const id of unwanted) told.delete(id)
    news.dropped.push(...unwanted)
    // What was added a moment ago for the window before is not to stay with the page.
    news.rows = news.rows.filter(({ id }) => told.has(id))
  }

  /** Ids of the window's rows on screen. */
  function onScreen(window: DeskWindow | undefined, { from, to }: PageSight): readonly string[] {
    if (!window) return []
    const at = (place: number): number => Math.max(0, place - window.from)
    return window.ids.slice(at(from - livelyRows), at(to + livelyRows))
  }

  return {
    inSight: (window, sight) => new Set([...onScreen(window, sight), ...sight.watched]),
    addChanged(news, window, sight) {
      for (const id of window?.ids ?? []) if (!told.has(id)) tell(id, news)
      for (const id of onScreen(window, sight)) tell(id, news)
      for (const id of sight.watched) tell(id, news)
      letGo(news, (id) => row(id) !== undefined)
    },
    addAll(news, window, { watched }) {
      const wanted = new Set([...(window?.ids ?? []), ...watched])
      for (const id of wanted) tell(id, news)
      letGo(news, (id) => wanted.has(id) && row(id) !== undefined)
    },
  }
}
