// What is under “More” on a phone: the other areas, finding, and what a person chooses for themselves. Loaded when reached for.
import { Modal, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { AreaLink } from '#src/app/area-link.tsx'
import type { MoreProps } from '#src/app/more-areas.tsx'
import { personName, roleNames } from '#src/app/person-menu.tsx'
import { schemeOf, schemes } from '#src/app/schemes.ts'
import { ZoneDialog } from '#src/app/zone-dialog.tsx'
import { useRunAction } from '#src/ui/actions.tsx'
import './more-sheet.css'

/** A sheet over the foot of the page; every target is large enough for a thumb. */
export function MoreSheet(props: MoreProps & { onClose: () => void }) {
  const { user, areas, compact, onDensity, onSignOut, onRest, onClose } = props
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [choosesZone, setChoosesZone] = useState(false)
  const run = useRunAction()
  /** The sheet has gone, and the focus is back, before the next part opens. */
  const leaveFor = (act: () => void) => () => {
    onClose()
    setTimeout(act)
  }
  if (choosesZone) return <ZoneDialog onClose={onClose} />
  return (
    <Modal
      opened
      onClose={onClose}
      title="More"
      className="more-sheet"
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {areas.length > 0 && (
        <nav aria-label="More areas">
          <ul className="more-list">
            {areas.map((area) => (
              <li key={area.path}>
                <AreaLink area={area} onRest={onRest} onGo={onClose} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      <ul className="more-list" aria-label="Everywhere">
        <li>
          <button type="button" onClick={leaveFor(() => run('palette.open'))}>
            Find and do anything
          </button>
        </li>
        <li>
          <button type="button" onClick={leaveFor(() => run('keys.change'))}>
            Keys…
          </button>
        </li>
      </ul>
      <section aria-label="You">
        <p className="more-person">
          <b className="clip">{personName(user)}</b> <span className="t3">{roleNames[user.role]}</span>
        </p>
        <SegmentedControl
          fullWidth
          aria-label="Theme"
          data={schemes.map(({ value, name }) => ({ value, label: name }))}
          value={colorScheme}
          onChange={(value) => setColorScheme(schemeOf(value))}
        />
        <ul className="more-list">
          <li>
            <button type="button" aria-pressed={compact} onClick={onDensity}>
              Compact rows <span className="t3">{compact ? 'on' : 'off'}</span>
            </button>
          </li>
          <li>
            <button type="button" onClick={() => setChoosesZone(true)}>
              Time zone…
            </button>
          </li>
          <li>
            <button type="button" onClick={onSignOut}>
              Sign out
            </button>
          </li>
        </ul>
      </section>
    </Modal>
  )
}
