// Who gets the room of an open call. The script is what is read: where the window is low one other part is unfolded at a time,
// the rest are lines that say where they stand.
import { useMediaQuery } from '@mantine/hooks'
import { useCallback, useState } from 'react'
import { assistPreference } from '#src/features/assist/assist-preference.ts'
import { usePreference } from '#src/ui/use-preference.ts'

/** A part of the pane that folds into one line. */
export type Drawer = 'head' | 'transfer' | 'assist'

/** Below these heights of the window not everything fits beside the script; the style sheets of the parts say the same. */
const lowWindow = '(max-height: 1099px)'
const veryLowWindow = '(max-height: 999px)'
const atOnce = { getInitialValueInEffect: false }

export interface PaneRoom {
  /** What a part is told: whether it is unfolded; undefined where there is room and the part decides for itself. */
  unfolded(drawer: Drawer): boolean | undefined
  unfold(drawer: Drawer, isWanted: boolean): void
  /** The box to write in is folded: what is unfolded has a form of its own. */
  isBoxFolded: boolean
  /** Gives the room back to the box. */
  unfoldBox(): void
}

/** The room of the pane of one call; another call begins with its own. */
export function usePaneRoom(callId: string): PaneRoom {
  const isLow = useMediaQuery(lowWindow, false, atOnce)
  const isVeryLow = useMediaQuery(veryLowWindow, false, atOnce)
  const [assist, setAssist] = usePreference(assistPreference)
  const [chosen, setChosen] = useState<{ callId: string; drawer: Drawer | null } | null>(null)
  const first = assist === 'open' ? 'assist' : null
  const drawer = chosen?.callId === callId ? chosen.drawer : first
  return {
    unfolded: (one) => ((one === 'head' ? isVeryLow : isLow) ? drawer === one : undefined),
    unfold(one, isWanted) {
      if (one === 'assist') setAssist(isWanted ? 'open' : 'closed')
      setChosen({ callId, drawer: isWanted ? one : null })
    },
    isBoxFolded: isVeryLow && drawer === 'transfer',
    unfoldBox: useCallback(
      () => setChosen((now) => (now?.drawer === 'transfer' ? { ...now, drawer: null } : now)),
      [],
    ),
  }
}
