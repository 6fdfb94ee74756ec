// The way to an area: icon, name, and what is counted there.
import { Link } from 'wouter'
import { formatCount } from '#src/lib/format.ts'
import { useDigest } from '#src/live/use-live.ts'
import type { Area } from '#src/app/areas.tsx'
import { usePath } from '#src/ui/address.ts'
import { useRest } from '#src/ui/use-rest.ts'

interface AreaLinkProps {
  area: Area
  /** Somebody is about to go to the area at this path. */
  onRest: (path: string) => void
  onGo?: () => void
}

/** A link of the rail or of “More”; the code of its page is fetched when pointer or focus rest on it. */
export function AreaLink({ area, onRest, onGo }: AreaLinkProps) {
  const { path, name, icon } = area
  const isHere = isAt(usePath(), area)
  return (
    <Link
      href={path}
      title={name}
      aria-current={isHere ? 'page' : undefined}
      onClick={onGo}
      {...useRest(() => onRest(path))}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        {icon}
      </svg>
      <span className="area-name">{name}</span>
      {path === '/live' && <LiveCount />}
      <WaitingBadge areas={[area]} />
    </Link>
  )
}

/** The path is that of the area or of something in it. */
export const isAt = (at: string, { path }: Area): boolean => at === path || at.startsWith(`${path}/`)

function LiveCount() {
  return <span className="area-count rail-words">{formatCount(useDigest(({ sums }) => sums.live))}</span>
}

/** Escalations nobody has accepted, where they are among these areas; nothing while there are none. */
export function WaitingBadge({ areas }: { areas: readonly Area[] }) {
  const waiting = useDigest(({ sums }) => sums.waiting)
  if (waiting === 0 || !areas.some(({ path }) => path === '/escalations')) return null
  return (
    <span className="area-badge">
      <span aria-hidden="true">{waiting > 99 ? '99+' : waiting}</span>
      <span className="sr-only">{formatCount(waiting)} waiting</span>
    </span>
  )
}
