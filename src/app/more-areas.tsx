// “More” at the end of a phone's bar: the areas that have no place on it, and the person. Its sheet comes when it is reached for.
import { useRef, useState } from 'react'
import { WaitingBadge, isAt } from '#src/app/area-link.tsx'
import type { Area } from '#src/app/areas.tsx'
import type { PersonMenuProps } from '#src/app/person-menu.tsx'
import { usePath } from '#src/ui/address.ts'
import { later } from '#src/ui/later.tsx'

const MoreSheet = later(
  () => import('#src/app/more-sheet.tsx').then((module) => module.MoreSheet),
  'The rest',
)

export interface MoreProps extends PersonMenuProps {
  /** Those under “More”. */
  areas: readonly Area[]
  /** Somebody is about to go to the area at this path. */
  onRest: (path: string) => void
}

/** The button; it is marked while one of its areas is open, and has their badge. */
export function MoreAreas(props: MoreProps) {
  const { areas } = props
  const path = usePath()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const here = areas.find((area) => isAt(path, area))
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-current={here && 'true'}
        onPointerDown={() => void MoreSheet.preload()}
        onFocus={() => void MoreSheet.preload()}
        onClick={() => setOpen(true)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 4h12M2 8h12M2 12h12" />
        </svg>
        <span className="area-name">More</span>
        {here && <span className="sr-only">, {here.name} is open</span>}
        <WaitingBadge areas={areas} />
      </button>
      {isOpen && (
        <MoreSheet
          {...props}
          onClose={() => {
            setOpen(false)
            button.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </>
  )
}
