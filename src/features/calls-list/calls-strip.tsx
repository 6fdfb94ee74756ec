// What is shown, in words: each filter as a chip that can be taken away; and whose days and clocks these are.
import type { CallsQuery, DroppedParam } from '#contract/call-link.ts'
import { type FilterNames, filterChips, without } from '#src/features/calls-list/filter-words.ts'
import { dateText, zoneName } from '#src/features/calls-list/zone-words.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { useRunAction } from '#src/ui/actions.tsx'

export interface ZoneChoice {
  /** `Company`, `Mine`. */
  name: string
  zone: string
}

interface CallsStripProps {
  query: CallsQuery
  names: FilterNames
  zone: string
  zones: readonly ZoneChoice[]
  dropped: readonly DroppedParam[]
  onChange: (query: CallsQuery) => void
  /** The address is understood without what was dropped. */
  onForget: () => void
}

const hourMs = 3_600_000

/** The line under the bar; it is always there, so that nothing moves when a filter comes. */
export function CallsStrip({ query, names, zone, zones, dropped, onChange, onForget }: CallsStripProps) {
  const now = useServerNow(hourMs)
  const run = useRunAction()
  const chips = filterChips(query, names, (text) => dateText(zone, text))
  const company = zones[0]?.zone
  return (
    <div className="calls-strip">
      <ul className="calls-chips" aria-label="Filters">
        {chips.map(({ key, words, members }) => (
          <li key={key}>
            <button
              type="button"
              className="chip calls-chip"
              aria-label={`Take away: ${words}`}
              onClick={() => onChange(without(query, members))}
            >
              <span className="clip">{words}</span> <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
        {chips.length === 0 && <li className="t3">All calls, live and ended</li>}
        {chips.length > 0 && (
          <li>
            <button type="button" className="link" onClick={() => run('filter.clear')}>
              Clear filters
            </button>
          </li>
        )}
      </ul>
      {dropped.length > 0 && (
        <p className="calls-dropped tx-attention" role="alert">
          <span className="clip">
            Not understood and left out:{' '}
            {dropped.map(({ name, value }) => `${name}=${value.slice(0, 40)}`).join(', ')}
          </span>
          <button type="button" className="link" onClick={onForget}>
            OK
          </button>
        </p>
      )}
      <label className="calls-zone">
        <span className="sr-only">Time zone of the list</span>
        <select
          value={zone}
          onChange={({ target }) =>
            onChange({ ...query, zone: target.value === company ? undefined : target.value })
          }
        >
          {zones.map((choice) => (
            <option key={choice.zone} value={choice.zone}>
              {choice.name}: {zoneName(choice.zone, now)}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** The choices of a zone, each zone once: company, the reader's own, UTC, and that of the address. */
export function zoneChoices(company: string, mine: string, asked: string | undefined): ZoneChoice[] {
  const all: ZoneChoice[] = [
    { name: 'Company', zone: company },
    { name: 'Mine', zone: mine },
    { name: 'UTC', zone: 'UTC' },
    ...(asked === undefined ? [] : [{ name: 'Of this link', zone: asked }]),
  ]
  return all.filter(({ zone }, index) => all.findIndex((other) => other.zone === zone) === index)
}
