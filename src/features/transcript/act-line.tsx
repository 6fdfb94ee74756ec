// A supervisor's act in the script at its time, with its receipt; and the wish before the server has it.
import { memo, useState } from 'react'
import type { CallNote, Intervention } from '#contract/transcript.ts'
import { formatDuration } from '#src/lib/duration.ts'
import type { PendingCommand } from '#src/live/live-state.ts'
import { MoodSpine } from '#src/features/transcript/mood-spine.tsx'
import type { Spine } from '#src/features/transcript/transcript-items.ts'
import { actWords, wishWords } from '#src/floor/act-words.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { Receipt } from '#src/ui/receipt.tsx'

/** `Dana Kessler` → `Dana K.`, so that it fits its column. */
function shortName(name: string): string {
  const [first = name, ...others] = name.split(' ')
  const last = others.at(-1)
  return last ? `${first} ${last.charAt(0)}.` : first
}

interface Frame {
  at: number
  startedAt: number
  who: string
  spine: Spine
}

interface ActLineProps {
  act: Intervention
  ai: string
  startedAt: number
  spine: Spine
  /** Number of the line that carries it out, when it is held. */
  appliedAt: number | undefined
  onJump: (lineNumber: number) => void
  /** Asks the voice platform again; offered while nobody knows what became of it. */
  onCheck: (() => Promise<unknown>) | undefined
}

/** An act the server knows. */
export const ActLine = memo(function ActLine(props: ActLineProps) {
  const { act, ai, startedAt, spine, appliedAt, onJump, onCheck } = props
  const [checking, setChecking] = useState(false)
  const took = Date.parse(act.updated_at) - Date.parse(act.at)
  return (
    <Aside at={Date.parse(act.at)} startedAt={startedAt} who={act.by.name} spine={spine}>
      <div className={`act act-${act.state}`}>
        {act.text && <p dir="auto">{act.text}</p>}
        <Receipt
          what={actWords(act, ai)}
          at={clockText(Date.parse(act.at))}
          state={act.state === 'unknown' && checking ? 'sending' : act.state}
          detail={act.detail}
          onCheck={
            onCheck &&
            (() => {
              setChecking(true)
              void onCheck().finally(() => setChecking(false))
            })
          }
          took={`${(Math.max(0, took) / 1000).toFixed(1)} s`}
          applied={
            appliedAt === undefined ? undefined : (
              <button type="button" className="link" onClick={() => onJump(appliedAt)}>
                applied at line {appliedAt}
              </button>
            )
          }
        />
      </div>
    </Aside>
  )
})

interface WishLineProps {
  wish: PendingCommand
  ai: string
  startedAt: number
  spine: Spine
  onCheck: () => void
  onDismiss: () => void
}

/** An act the server has not confirmed yet. */
export const WishLine = memo(function WishLine({
  wish,
  ai,
  startedAt,
  spine,
  onCheck,
  onDismiss,
}: WishLineProps) {
  return (
    <Aside at={wish.askedAt} startedAt={startedAt} who="You" spine={spine}>
      <div className={`act act-${wish.state}`}>
        {wish.text && <p dir="auto">{wish.text}</p>}
        <Receipt
          what={wishWords(wish.action, ai)}
          state={wish.state}
          detail={wish.detail}
          onCheck={onCheck}
          onDismiss={onDismiss}
        />
      </div>
    </Aside>
  )
})

/** A note beside the script. */
export const NoteLine = memo(function NoteLine(props: { note: CallNote; startedAt: number; spine: Spine }) {
  const { note, startedAt, spine } = props
  return (
    <Aside at={Date.parse(note.created_at)} startedAt={startedAt} who={note.author_name} spine={spine}>
      <div className="act act-note">
        <p dir="auto">{note.note}</p>
        <span className="receipt">
          Note
          {note.tags.map((tag) => (
            <span key={tag} className="act-tag">
              {tag}
            </span>
          ))}
        </span>
      </div>
    </Aside>
  )
})

function Aside({ at, startedAt, who, spine, children }: Frame & { children: React.ReactNode }) {
  return (
    <div className="line line-act">
      <span className="line-no">
        <b />
        {formatDuration(at - startedAt)}
      </span>
      <span className="line-who clip tx-accent" title={who}>
        {shortName(who)}
      </span>
      <div className="line-say">{children}</div>
      <MoodSpine spine={spine} score={undefined} />
    </div>
  )
}
