// A panel of a filter bar; loaded when the first one is opened.
import { Popover } from '@mantine/core'
import { useRef, useState } from 'react'
import { type PanelProps, PanelButton } from '#src/ui/panel.tsx'
import './panel.css'

/** The button with its panel, open at first: it was pressed to get here. */
export function OpenPanel({ label, pressed, onMenu, children }: PanelProps) {
  const [opened, setOpened] = useState(true)
  const button = useRef<HTMLButtonElement>(null)
  const toggle = (open: boolean) => {
    setOpened(open)
    onMenu(open)
    // Mantine gives the focus back to who had it at the opening; a panel that is open at first knows of nobody.
    if (!open) button.current?.focus({ preventScroll: true })
  }
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <PanelButton ref={button} label={label} pressed={pressed} onClick={() => toggle(!opened)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children}</Popover.Dropdown>
    </Popover>
  )
}
