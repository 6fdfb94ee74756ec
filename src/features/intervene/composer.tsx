// Where a supervisor steps in: acts as modes with their keys, one box, and what the caller will hear of it.
import { useEffect, useRef, useState } from 'react'
import type { HumanAgent } from '#contract/agent.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Role } from '#contract/permissions.ts'
import { callerName } from '#src/floor/call-words.ts'
import type { Result } from '#src/lib/result.ts'
import type { PendingCommand } from '#src/live/live-state.ts'
import { useCall, useLiveActions, usePending } from '#src/live/use-live.ts'
import { type Act, type Mode, standingOf } from '#src/features/intervene/acts.ts'
import { ActBar } from '#src/features/intervene/act-bar.tsx'
import { EndForm } from '#src/features/intervene/end-form.tsx'
import { EscalateForm } from '#src/features/intervene/escalate-form.tsx'
import { useAttempt } from '#src/features/intervene/use-attempt.tsx'
import { NoteForm } from '#src/features/intervene/note-form.tsx'
import { WordsForm } from '#src/features/intervene/words-form.tsx'
import { whoMay } from '#src/actions/standing.ts'
import { useAction, useUndo } from '#src/ui/actions.tsx'
import { useKept } from '#src/ui/kept.ts'
import { problemWords, undoOutcome } from '#src/ui/problem-words.ts'
import './composer.css'

interface ComposerProps {
  callId: string
  role: Role | null
  loadAgents: () => Promise<Result<readonly HumanAgent[], ApiProblem>>
  /** An act that was proposed elsewhere, to be opened with what is prepared; a new object for every wish. */
  wish?: ComposerWish | null | undefined
  /** Only the acts are shown; what is written is kept, and choosing an act asks for the room again. */
  folded?: boolean
  onUnfold?: () => void
}

export interface ComposerWish {
  mode: 'message' | 'escalate'
  /** Added to what is written already. */
  text?: string | undefined
  agentId?: string | undefined
  reason?: string | undefined
}

const whole = (call: Call) => call

/** The composer of an open call. */
export function Composer({ callId, ...rest }: ComposerProps) {
  const call = useCall(callId, whole)
  return call ? <CallComposer call={call} {...rest} /> : null
}

function CallComposer(props: { call: Call } & Omit<ComposerProps, 'callId'>) {
  const { call, role, loadAgents, wish, folded = false, onUnfold } = props
  const { commands } = useLiveActions()
  const offerUndo = useUndo()
  const ai = call.ai_name ?? 'the AI'
  const pending = usePending(call.id)
  const [chosen, setChosen] = useState<Mode>('message')
  const [focusBeat, setFocusBeat] = useState(0)
  const [drafts, setDrafts] = useKept<Record<string, string>>('drafts', {})
  const [problem, setProblem] = useState<{ callId: string; text: string } | null>(null)
  const region = useRef<HTMLElement>(null)
  const ready = (act: Act) => standingOf(act, call, role).state === 'ready'
  const mode = modeFor(chosen, ready)
  const pausing = pauseWish(call, pending)

  const choose = (next: Mode) => {
    setChosen(next)
    setProblem(null)
    onUnfold?.()
    setFocusBeat((beat) => beat + 1)
  }
  const takenWish = useRef<ComposerWish | null | undefined>(null)
  useEffect(() => {
    if (!wish || takenWish.current === wish) return
    takenWish.current = wish
    const { text } = wish
    setChosen(wish.mode)
    setProblem(null)
    if (text)
      setDrafts((before) => {
        const key = `${call.id} ${wish.mode}`
        const written = before[key]?.trim()
        return { ...before, [key]: written ? `${written}\n${text}` : text }
      })
    onUnfold?.()
    setFocusBeat((beat) => beat + 1)
  }, [wish, call.id, onUnfold, setDrafts])
  const report = (answer: Result<unknown, ApiProblem>) => {
    setProblem(answer.ok ? null : { callId: call.id, text: problemWords(answer.problem) })
    return answer.ok
  }
  const { attempt, dialog } = useAttempt(call.id, report)
  const togglePause = async (seconds?: number) => {
    if (pausing) return
    const { id, ai_paused } = call
    const done = await attempt(ai_paused ? 'resume the AI' : 'pause the AI', (force) =>
      ai_paused
        ? commands.resume(id, force)
        : commands.pause(id, { ...(seconds === undefined ? {} : { seconds }), ...(force ? { force } : {}) }),
    )
    if (done)
      offerUndo({
        text: `${ai_paused ? 'Resumed' : 'Paused'} ${ai} for ${callerName(call)}`,
        undo: async () => (await (ai_paused ? commands.pause(id) : commands.resume(id))).ok,
      })
  }
  useEffect(() => {
    if (focusBeat > 0) region.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [focusBeat])
  // An act meant for another call waits until that one is open.
  const here = { target: call.id }
  useAction('act.message', () => choose('message'), ready('message'), here)
  useAction('act.pause', () => void togglePause(), ready('pause'), here)
  useAction('act.pause-short', () => void togglePause(30), ready('pause') && call.ai_paused !== true, here)
  useAction('act.override', () => choose('override'), ready('override'), here)
  useAction('act.escalate', () => choose('escalate'), ready('escalate'), here)
  useAction('act.note', () => choose('note'), ready('note'), here)
  useAction('act.end', () => choose('end'), ready('end'), here)

  const draftKey = `${call.id} ${mode}`
  const draft = {
    text: drafts[draftKey] ?? '',
    onText: (text: string) => setDrafts((kept) => ({ ...kept, [draftKey]: text })),
  }
  const emptied = () => setDrafts((kept) => ({ ...kept, [draftKey]: '' }))
  const offerNoteUndo = (noteId: number, text: string) =>
    offerUndo({
      text: `Note on ${callerName(call)}`,
      undo: async () => {
        const answer = await commands.removeNote(call.id, noteId)
        // What was taken back is there to be put right.
        if (answer.ok) setDrafts((kept) => (kept[draftKey]?.trim() ? kept : { ...kept, [draftKey]: text }))
        return undoOutcome(answer)
      },
    })
  return (
    <section ref={region} className="composer" aria-label="Step in">
      <ActBar
        call={call}
        role={role}
        mode={folded ? null : mode}
        isWritten={(act) => (drafts[`${call.id} ${act}`] ?? '').trim() !== ''}
        pausing={pausing}
        onMode={choose}
        onPause={() => void togglePause()}
        onPauseFor={(seconds) => void togglePause(seconds)}
      />
      {problem?.callId === call.id && (
        <p className="composer-problem tx-act" role="alert">
          {problem.text}
        </p>
      )}
      <div hidden={folded}>
        {mode === null && (
          <p className="composer-hint">
            {isLive(call.status)
              ? `You are watching. Only ${whoMay('calls.intervene')} may step in.`
              : 'This call has ended.'}
          </p>
        )}
        {(mode === 'message' || mode === 'override') && (
          <WordsForm
            key={draftKey}
            mode={mode}
            ai={ai}
            {...draft}
            onSend={(text, span) =>
              mode === 'message'
                ? attempt('send the message', (force) => commands.sendMessage(call.id, text, force), emptied)
                : attempt(
                    'override the instructions',
                    (force) => commands.override(call.id, text, { ...span, ...(force ? { force } : {}) }),
                    emptied,
                  )
            }
          />
        )}
        {mode === 'escalate' && (
          <EscalateForm
            key={`${draftKey} ${wish?.mode === 'escalate' ? `${wish.agentId} ${wish.reason}` : ''}`}
            first={wish?.mode === 'escalate' ? wish : undefined}
            call={call}
            {...draft}
            loadAgents={loadAgents}
            onEscalate={(choice) =>
              attempt(
                'escalate it',
                (force) => commands.escalate(call.id, { ...choice, ...(force ? { force } : {}) }),
                emptied,
              )
            }
          />
        )}
        {mode === 'note' && (
          <NoteForm
            key={draftKey}
            {...draft}
            tags={drafts[`${draftKey} tags`] ?? ''}
            onTags={(tags) => setDrafts((kept) => ({ ...kept, [`${draftKey} tags`]: tags }))}
            onAdd={async (note) => {
              const answer = await commands.addNote(call.id, note)
              if (answer.ok) offerNoteUndo(answer.value.note_id, note.note)
              return report(answer)
            }}
          />
        )}
        {mode === 'end' && (
          <EndForm
            key={draftKey}
            call={call}
            onEnd={(reason) =>
              attempt('end the call', (force) =>
                commands.end(call.id, { ...(reason ? { reason } : {}), ...(force ? { force } : {}) }),
              )
            }
            onCancel={() => choose('message')}
          />
        )}
      </div>
      {dialog}
    </section>
  )
}

/** The pause or resume that is on its way; null once the call is as it was wished. */
function pauseWish(call: Call, pending: readonly PendingCommand[]): 'pause' | 'resume' | null {
  const wish = pending.findLast(
    ({ action, state }) => state === 'sending' && (action === 'pause' || action === 'resume'),
  )
  if (!wish) return null
  const action = wish.action === 'pause' ? 'pause' : 'resume'
  return (action === 'pause') === (call.ai_paused === true) ? null : action
}

/** The mode to show: the chosen one while it can be done, else the first that can. */
function modeFor(chosen: Mode, ready: (act: Act) => boolean): Mode | null {
  if (ready(chosen)) return chosen
  return (['message', 'escalate', 'note'] as const).find(ready) ?? null
}
