// A panel of the filter bar; loaded when the first one is opened.
import { Popover } from '@mantine/core'
import { Suspense, useState } from 'react'
import { type FilterPanelProps, PanelButton } from '#src/features/live-grid/filter-panel.tsx'
import './filter-panel.css'

/** The button with its panel, open at first: it was pressed to get here. */
export function OpenFilterPanel({ label, pressed, onMenu, children }: FilterPanelProps) {
  const [opened, setOpened] = useState(true)
  const toggle = (open: boolean) => {
    setOpened(open)
    onMenu(open)
  }
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <PanelButton label={label} pressed={pressed} onClick={() => toggle(!opened)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Suspense fallback={<p className="t3">Loading…</p>}>{children}</Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
