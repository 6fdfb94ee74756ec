// Gives each item of the script to the part that draws it.
import { useLiveActions } from '#src/live/use-live.ts'
import { ActLine, NoteLine, WishLine } from '#src/features/transcript/act-line.tsx'
import { Line, type SpeakerNames } from '#src/features/transcript/line.tsx'
import type { TranscriptItem } from '#src/features/transcript/transcript-items.ts'

interface TranscriptRowProps {
  item: TranscriptItem
  names: SpeakerNames
  startedAt: number
  search: string
  keywords: readonly string[]
  current: boolean
  /** The whole script, to name the line that carries an act out. */
  lines: readonly TranscriptItem[]
  onJump: (lineNumber: number) => void
  onUnfold: (lineId: number) => void
  onLink: (lineId: number) => void
  /** Plays the recording from the line; absent without one. */
  onPlay?: ((lineId: number) => void) | undefined
  /** The recording speaks it at this moment. */
  spoken?: boolean
}

/** A row of the script. */
export function TranscriptRow({
  item,
  names,
  startedAt,
  search,
  keywords,
  current,
  lines,
  onJump,
  onUnfold,
  onLink,
  onPlay,
  spoken = false,
}: TranscriptRowProps) {
  const { commands } = useLiveActions()
  const { spine } = item
  switch (item.kind) {
    case 'line':
      return (
        <Line
          line={item.line}
          number={item.number}
          spine={spine}
          names={names}
          startedAt={startedAt}
          search={search}
          keywords={keywords}
          current={current}
          onUnfold={onUnfold}
          onLink={onLink}
          onPlay={onPlay}
          spoken={spoken}
        />
      )
    case 'act': {
      const { interaction_id } = item.act
      const carrier = lines.find((other) => other.kind === 'line' && other.line.id === interaction_id)
      return (
        <ActLine
          act={item.act}
          ai={names.ai}
          startedAt={startedAt}
          spine={spine}
          appliedAt={carrier?.kind === 'line' ? carrier.number : undefined}
          onJump={onJump}
          onCheck={
            item.act.state === 'unknown'
              ? () => commands.checkAct(item.act.call_id, item.act.command_id)
              : undefined
          }
        />
      )
    }
    case 'wish':
      return (
        <WishLine
          wish={item.wish}
          ai={names.ai}
          startedAt={startedAt}
          spine={spine}
          onCheck={() => void commands.check(item.wish.commandId)}
          onDismiss={() => commands.dismiss(item.wish.commandId)}
        />
      )
    case 'note':
      return <NoteLine note={item.note} startedAt={startedAt} spine={spine} />
  }
}
