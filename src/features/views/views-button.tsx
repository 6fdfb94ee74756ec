// The name of the view that is shown, as a button; the list behind it is loaded when somebody reaches for it.
import { type ComponentProps, useState } from 'react'
import type { ViewArea } from '#contract/view.ts'
import type { Api } from '#src/lib/api.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { later } from '#src/ui/later.tsx'

const OpenViews = later(
  () => import('#src/features/views/open-views.tsx').then((module) => module.OpenViews),
  'The saved views',
)

export interface ViewsProps {
  area: ViewArea
  api: Api
  /** What the page shows now, as it would be saved. */
  query: string
  /** The saved view it was opened by; null when by none. */
  viewId: string | null
  mayShare: boolean
  /** Shows what the query says; `viewId` is the view it is, null when it is none any more. */
  onApply: (query: string, viewId: string | null) => void
  /** The list was opened or closed, so that rows may hold still. */
  onMenu: (open: boolean) => void
}

/** The button itself. */
export function ViewsName({
  name,
  changed,
  className = '',
  ...rest
}: { name: string; changed: boolean } & ComponentProps<'button'>) {
  const { cap, shortcuts } = useKeys()
  return (
    <button
      type="button"
      className={`btn btn-quiet views-button ${className}`}
      aria-haspopup="dialog"
      aria-keyshortcuts={shortcuts('views.show')}
      {...rest}
    >
      <span className="clip">{name}</span>
      {changed && <span className="views-changed">changed</span>}
      <Key>{cap('views.show')}</Key>
    </button>
  )
}

/** The button, with the list once it was asked for, or once there is a view to be named. */
export function ViewsButton(props: ViewsProps) {
  const [isWanted, setWanted] = useState(false)
  useAction('views.show', () => setWanted(true), !isWanted)
  const button = (
    <ViewsName
      name="Views"
      changed={false}
      aria-expanded={false}
      onPointerEnter={() => void OpenViews.preload()}
      onFocus={() => void OpenViews.preload()}
      onClick={() => setWanted(true)}
    />
  )
  if (!isWanted && props.viewId === null) return button
  return <OpenViews {...props} openAtFirst={isWanted} fallback={button} />
}
