// What of a call is shown where not everything fits.
import type { KeyboardEvent } from 'react'
import type { Tab } from '#src/app/pages/call-side.tsx'

const names: Record<Tab, string> = {
  transcript: 'Transcript',
  qa: 'QA',
  escalations: 'Escalations',
  notes: 'Notes',
  audit: 'Audit',
}

interface CallTabsProps {
  tab: Tab
  /** The script is one of them. */
  withScript: boolean
  onTab: (tab: Tab) => void
}

/** The tabs; the arrow keys walk them. */
export function CallTabs({ tab, withScript, onTab }: CallTabsProps) {
  const tabs = (Object.keys(names) as Tab[]).filter((one) => withScript || one !== 'transcript')
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (by === undefined || event.shiftKey) return
    event.preventDefault()
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]
    if (!next) return
    onTab(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div
      className="call-tabs"
      role="tablist"
      tabIndex={-1}
      aria-label="Parts of the call"
      onKeyDown={handleKey}
    >
      {tabs.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-tab={one}
          aria-selected={one === tab}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => onTab(one)}
        >
          {names[one]}
        </button>
      ))}
    </div>
  )
}
