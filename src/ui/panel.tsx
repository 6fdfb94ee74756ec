// A button of a filter bar with a panel behind it; what opens panels is loaded when somebody reaches for one.
import { type ComponentProps, type ReactNode, useState } from 'react'
import { later } from '#src/ui/later.tsx'

const OpenPanel = later(
  () => import('#src/ui/open-panel.tsx').then((module) => module.OpenPanel),
  'The panel',
)

export interface PanelProps {
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
}: Pick<PanelProps, 'label' | 'pressed'> & ComponentProps<'button'>) {
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
export function Panel(props: PanelProps) {
  const [isWanted, setWanted] = useState(false)
  const { label, pressed, onMenu } = props
  const button = (
    <PanelButton
      label={label}
      pressed={pressed}
      aria-expanded={false}
      onPointerEnter={() => void OpenPanel.preload()}
      onFocus={() => void OpenPanel.preload()}
      onClick={() => {
        setWanted(true)
        onMenu(true)
      }}
    />
  )
  if (!isWanted) return button
  return <OpenPanel {...props} fallback={button} />
}
