// The button of the saved views and what opens under it.
import { Popover } from '@mantine/core'
import { useRef, useState } from 'react'
import { ViewList } from '#src/features/views/view-list.tsx'
import { useViews } from '#src/features/views/use-views.ts'
import { ViewsName, type ViewsProps } from '#src/features/views/views-button.tsx'
import { useAction } from '#src/ui/actions.tsx'
import './views.css'

/** Button and list; `openAtFirst` when it was pressed to get here. */
export function OpenViews(props: ViewsProps & { openAtFirst: boolean }) {
  const { area, api, query, viewId, onMenu, openAtFirst } = props
  const views = useViews(api, area)
  const [isOpen, setOpen] = useState(openAtFirst)
  const button = useRef<HTMLButtonElement>(null)
  const toggle = (open: boolean) => {
    setOpen(open)
    onMenu(open)
    if (open) void views.reload()
    // Mantine gives the focus back to who had it at the opening; a list that is open at first knows of nobody.
    else button.current?.focus({ preventScroll: true })
  }
  useAction('views.show', () => toggle(!isOpen))
  const current = views.list?.find(({ id }) => id === viewId)
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <ViewsName
          ref={button}
          name={current?.name ?? 'Views'}
          changed={current !== undefined && current.query !== query}
          aria-expanded={isOpen}
          onClick={() => toggle(!isOpen)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views" className="views">
        <ViewList {...props} views={views} current={current} onClose={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}
