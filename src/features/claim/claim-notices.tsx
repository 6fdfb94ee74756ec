// What colleagues did with one's calls, told wherever one is: asked for, taken over, handed over, kept.
import { useState } from 'react'
import type { Call } from '#contract/call.ts'
import type { ClaimNews } from '#contract/claim.ts'
import { callerName } from '#src/floor/call-words.ts'
import { useCall, useClaimNews, useLiveActions, useServerNow } from '#src/live/use-live.ts'
import { concerns } from '#src/features/claim/concerns.ts'
import { Button } from '#src/ui/button.tsx'
import './claim.css'

interface ClaimNoticesProps {
  meId: string
  /** The call that is open: its own line says it. */
  openId: string | null
  onOpen: (callId: string) => void
}

/** Cards over the board's foot; at most three, the newest first. */
export function ClaimNotices({ meId, openId, onOpen }: ClaimNoticesProps) {
  const news = useClaimNews()
  const [seen, setSeen] = useState<ReadonlySet<ClaimNews>>(new Set())
  const { commands } = useLiveActions()
  const now = useServerNow(5000)
  const told = [...news.values()]
    .filter((one) => concerns(one, meId, now) && one.call_id !== openId && !seen.has(one))
    .reverse()
    .slice(0, 3)
  if (told.length === 0) return null
  const dismiss = (one: ClaimNews) => setSeen((before) => new Set(before).add(one))
  return (
    <section className="claim-notices" aria-label="News of your calls" aria-live="polite">
      {told.map((one) => (
        <article key={one.call_id} className="claim-notice">
          <p>
            {wordsOf(one)} <CallName callId={one.call_id} />
          </p>
          <div className="claim-notice-acts">
            {one.change === 'asked' && (
              <>
                <Button onClick={() => void commands.answerAsk(one.call_id, true)}>Hand over</Button>
                <Button kind="quiet" onClick={() => void commands.answerAsk(one.call_id, false)}>
                  Keep
                </Button>
              </>
            )}
            <Button
              kind="quiet"
              onClick={() => {
                dismiss(one)
                onOpen(one.call_id)
              }}
            >
              Open the call
            </Button>
            <Button kind="quiet" onClick={() => dismiss(one)}>
              Dismiss
            </Button>
          </div>
        </article>
      ))}
    </section>
  )
}

const nameOf = (call: Call) => callerName(call)

/** Whose call it is, where this page knows it. */
function CallName({ callId }: { callId: string }) {
  const name = useCall(callId, nameOf)
  return name === undefined ? null : <b dir="auto">{name}</b>
}

function wordsOf({ change, by, claim }: ClaimNews): string {
  const who = by?.name ?? 'Somebody'
  if (change === 'asked')
    return `${who} asks for a call that you have.${claim?.asked?.note ? ` “${claim.asked.note}”` : ''}`
  if (change === 'taken_over') return `${who} took a call over from you.`
  if (change === 'handed_over') return `${who} handed you the call that you asked for.`
  return `${who} keeps the call that you asked for.`
}
