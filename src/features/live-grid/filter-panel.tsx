// A button of the bar with a panel behind it; what opens panels is loaded when somebody reaches for one.
import { type ComponentProps, type ReactNode, useState } from 'react'
import { later } from '#src/ui/later.tsx'

const OpenFilterPanel = later(
  () => import('#src/features/live-grid/open-filter-panel.tsx').then((module) => module.OpenFilterPanel),
  'The panel',
)

export interface FilterPanelProps {
  label: string
  pressed: boolean
  /** It was opened or closed. */
  onMenu: (open: boolean) => void
  children: ReactNode
}

/** The button that opens the panel. */
export function PanelButton({
  label,
  pressed,
  className,
  ...rest
}: Pick<FilterPanelProps, 'label' | 'pressed'> & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={`chip chip-dashed ${className ?? ''}`}
      aria-haspopup="dialog"
      aria-pressed={pressed}
      {...rest}
    >
      {label}
    </button>
  )
}

/** The button, and its panel once it was asked for. */
export function FilterPanel(props: FilterPanelProps) {
  const [isWanted, setWanted] = useState(false)
  const { label, pressed, onMenu } = props
  const button = (
    <PanelButton
      label={label}
      pressed={pressed}
      aria-expanded={false}
      onPointerEnter={() => void OpenFilterPanel.preload()}
      onFocus={() => void OpenFilterPanel.preload()}
      onClick={() => {
        setWanted(true)
        onMenu(true)
      }}
    />
  )
  if (!isWanted) return button
  return <OpenFilterPanel {...props} fallback={button} />
}
