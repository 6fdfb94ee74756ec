// The address of the console as state: what it names, what it asks, where somebody came from, and going elsewhere.
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { navigate, useHistoryState, usePathname, useSearch } from 'wouter/use-browser-location'

export { usePathname as usePath }

/** Path and query as one text; a query may begin with its question mark or not, and may be empty. */
export function addressOf(path: string, query: string | URLSearchParams = ''): string {
  const text = String(query).replace(/^\?/, '')
  return text === '' ? path : `${path}?${text}`
}

/** The address that is open now, without host and hash. */
export const addressNow = (): string => addressOf(location.pathname, location.search)

interface GoOptions {
  /** The page that is open now is not to be come back to. */
  replace?: boolean
  /** What the page is told beside its address, e.g. where somebody came from. */
  state?: unknown
}

/** Goes to an address of the console, at once. Going to where one is already leaves no second step on the way back. */
export function go(address: string, { replace = false, state = null }: GoOptions = {}): void {
  navigate(address, { replace: replace || address === addressNow(), state })
}

/** Where somebody was when they were sent to this page (`from` of what it was told); null where nobody said so. */
export function useFrom(): string | null {
  const told: unknown = useHistoryState()
  const from = typeof told === 'object' && told !== null && 'from' in told ? told.from : null
  return typeof from === 'string' ? from : null
}

/** What the path names below an area, e.g. `c 1` of `/live/c%201` below `/live`; null where it names nothing. */
export function useNamed(area: string): string | null {
  const path = usePathname()
  // Paths are found in whatever case somebody typed them.
  if (path.slice(0, area.length + 1).toLowerCase() !== `${area}/`) return null
  const [named = ''] = path.slice(area.length + 1).split('/')
  return named === '' ? null : decoded(named)
}

/** Somebody may have typed an address that is not encoded well: then it names what it says. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type Query = URLSearchParams | string | Record<string, string>
type ChangeQuery = (
  next: Query | ((before: URLSearchParams) => Query),
  options?: { replace?: boolean },
) => void

/**
 * The query of the page, and its setter. It changes the address as it is by then, not as it was drawn; kept for later, as an undo
 * is, it leads back to its own page where somebody has left that.
 */
export function useQuery(): [URLSearchParams, ChangeQuery] {
  const path = usePathname()
  const search = useSearch()
  const page = useRef({ path, search, isLeft: false })
  useEffect(() => {
    page.current = { path, search, isLeft: false }
  }, [path, search])
  useEffect(
    () => () => {
      page.current = { ...page.current, isLeft: true }
    },
    [],
  )
  const change = useCallback<ChangeQuery>((next, { replace = false } = {}) => {
    const left = page.current
    const isAway = left.isLeft && location.pathname !== left.path
    const { path: to, search: before } = isAway ? left : { path: location.pathname, search: location.search }
    const query = typeof next === 'function' ? next(new URLSearchParams(before)) : next
    go(addressOf(to, new URLSearchParams(query)), { replace: replace && !isAway })
  }, [])
  return [useMemo(() => new URLSearchParams(search), [search]), change]
}
