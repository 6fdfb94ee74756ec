// The floor's digest as the page is told it: parts that did not change are left out, and of long lists only what is new.
import type { FloorDigest } from '#src/floor/floor-digest.ts'

/** What became of a list whose items have ids. */
export interface ListNews<T> {
  /** Ids of the items that left it. */
  dropped: string[]
  /** Items that came, are others now or stand elsewhere, each with its index in the new list, from the first on. */
  placed: (readonly [index: number, item: T])[]
}

type Lists = Pick<FloorDigest, 'acts' | 'alerts'>
type ItemOf<K extends keyof Lists> = Lists[K][number]

/** Parts that did not change are absent. */
export type DigestNews = Partial<Omit<FloorDigest, keyof Lists>> & {
  [K in keyof Lists]?: ListNews<ItemOf<K>>
}

const actId = ({ id }: ItemOf<'acts'>): string => id
const alertId = ({ alert }: ItemOf<'alerts'>): string => alert.id

/** What the page, which knows `told`, has to be told of `next`; null when there is nothing. */
export function newsOfDigest(next: FloorDigest, told: FloorDigest): DigestNews | null {
  if (next === told) return null
  const { acts, alerts, ...rest } = next
  const news: DigestNews = {}
  for (const key of Object.keys(rest) as (keyof typeof rest)[])
    if (rest[key] !== told[key]) Object.assign(news, { [key]: rest[key] })
  if (acts !== told.acts) news.acts = newsOfList(acts, told.acts, actId)
  if (alerts !== told.alerts) news.alerts = newsOfList(alerts, told.alerts, alertId)
  return news
}

/** The digest with the news; what they do not speak of keeps its identity, and so does each item of the lists. */
export function withDigestNews(digest: FloorDigest, news: DigestNews): FloorDigest {
  const { acts, alerts, ...rest } = news
  return {
    ...digest,
    ...rest,
    acts: acts ? withListNews(digest.acts, acts, actId) : digest.acts,
    alerts: alerts ? withListNews(digest.alerts, alerts, alertId) : digest.alerts,
  }
}

/** What leads from one list to the other. Items are the same when they are the same object. */
export function newsOfList<T>(
  next: readonly T[],
  before: readonly T[],
  idOf: (item: T) => string,
): ListNews<T> {
  const stood = new Map(before.map((item, index) => [item, index]))
  const here = new Set(next.map(idOf))
  const news: ListNews<T> = { dropped: before.map(idOf).filter((id) => !here.has(id)), placed: [] }
  let last = -1
  for (const [index, item] of next.entries()) {
    const place = stood.get(item)
    if (place !== undefined && place > last) last = place
    else news.placed.push([index, item])
  }
  return news
}

/** The list that the news were made for. */
export function withListNews<T>(before: readonly T[], news: ListNews<T>, idOf: (item: T) => string): T[] {
  const moved = new Set([...news.dropped, ...news.placed.map(([, item]) => idOf(item))])
  const list = before.filter((item) => !moved.has(idOf(item)))
  // In the order of their places: whatever stands before a place is there already.
  for (const [index, item] of news.placed) list.splice(index, 0, item)
  return list
}
