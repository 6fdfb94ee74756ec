// The figures over the charts; each opens the calls it counts.
import type { Tile } from '#contract/charts/chart.ts'
import { BehindLink } from '#src/features/analytics/behind-link.tsx'

/** `beside` names what changes are against, e.g. `8 to 14 Nov`. */
export function Tiles({ tiles, beside }: { tiles: readonly Tile[]; beside: string | null }) {
  return (
    <dl className="an-tiles">
      {tiles.map(({ id, name, text, behind, change, of }, place) => (
        <div key={id} className="an-tile" data-tile={id}>
          <dt className="label">{name}</dt>
          <dd>
            <BehindLink behind={behind} className="an-figure" aria-label={`${name}: ${text}, open the calls`}>
              {text}
            </BehindLink>
            {of && <span className="t3 an-of">{of}</span>}
          </dd>
          <dd className="an-change t2 clip">
            {change ? (
              <span>
                {change} {place === 0 && beside !== null && <span className="t3">on {beside}</span>}
              </span>
            ) : (
              ' '
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
