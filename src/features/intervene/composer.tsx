// Where a supervisor steps in: acts as modes with their keys, one box, and what the caller will hear of it.
import { useEffect, useRef, useState } from 'react'
import type { HumanAgent } from '#contract/agent.ts'
import type { Call } from '#contract/call.ts'
import { isLive } from '#contract/call-rules.ts'
import type { ApiProblem } from '#contract/errors.ts'
import type { Role } from '#contract/permissions.ts'
import type { Result } from '#src/lib/result.ts'
import type { PendingCommand } from '#src/live/live-state.ts'
import { useCall, useLiveActions, usePending } from '#src/live/use-live.ts'
import { type Act, type Mode, standingOf, whoMay } from '#src/features/intervene/acts.ts'
import { ActBar } from '#src/features/intervene/act-bar.tsx'
import { EndForm } from '#src/features/intervene/end-form.tsx'
import { EscalateForm } from '#src/features/intervene/escalate-form.tsx'
import { NoteForm } from '#src/features/intervene/note-form.tsx'
import { WordsForm } from '#src/features/intervene/words-form.tsx'
import { useAction } from '#src/ui/actions.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './composer.css'

interface ComposerProps {
  callId: string
  role: Role | null
  loadAgents: () => Promise<Result<readonly HumanAgent[], ApiProblem>>
}

const whole = (call: Call) => call

/** The composer of an open call. */
export function Composer({ callId, role, loadAgents }: ComposerProps) {
  const call = useCall(callId, whole)
  return call ? <CallComposer call={call} role={role} loadAgents={loadAgents} /> : null
}

function CallComposer({ call, role, loadAgents }: { call: Call } & Omit<ComposerProps, 'callId'>) {
  const { commands } = useLiveActions()
  const pending = usePending(call.id)
  const [chosen, setChosen] = useState<Mode>('message')
  const [focusBeat, setFocusBeat] = useState(0)
  const [drafts, setDrafts] = useState<Record<string, string>>({})
  const [problem, setProblem] = useState<{ callId: string; text: string } | null>(null)
  const region = useRef<HTMLElement>(null)
  const ready = (act: Act) => standingOf(act, call, role).state === 'ready'
  const mode = modeFor(chosen, ready)
  const pausing = pauseWish(call, pending)

  const choose = (next: Mode) => {
    setChosen(next)
    setProblem(null)
    setFocusBeat((beat) => beat + 1)
  }
  const report = (answer: Result<unknown, ApiProblem>) => {
    setProblem(answer.ok ? null : { callId: call.id, text: problemWords(answer.problem) })
    return answer.ok
  }
  const togglePause = async () => {
    if (!pausing) report(await (call.ai_paused ? commands.resume(call.id) : commands.pause(call.id)))
  }
  useEffect(() => {
    if (focusBeat > 0) region.current?.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [focusBeat])
  useAction('act.message', () => choose('message'), ready('message'))
  useAction('act.pause', () => void togglePause(), ready('pause'))
  useAction('act.override', () => choose('override'), ready('override'))
  useAction('act.escalate', () => choose('escalate'), ready('escalate'))
  useAction('act.note', () => choose('note'), ready('note'))
  useAction('act.end', () => choose('end'), ready('end'))

  const draftKey = `${call.id} ${mode}`
  const draft = {
    text: drafts[draftKey] ?? '',
    onText: (text: string) => setDrafts({ ...drafts, [draftKey]: text }),
  }
  const ai = call.ai_name ?? 'the AI'
  return (
    <section ref={region} className="composer" aria-label="Step in">
      <ActBar call={call} role={role} mode={mode} pausing={pausing} onMode={choose} onPause={togglePause} />
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
          onSend={async (text) =>
            report(
              await (mode === 'message'
                ? commands.sendMessage(call.id, text)
                : commands.override(call.id, text)),
            )
          }
        />
      )}
      {mode === 'escalate' && (
        <EscalateForm
          key={draftKey}
          call={call}
          {...draft}
          loadAgents={loadAgents}
          onEscalate={async (choice) => report(await commands.escalate(call.id, choice))}
        />
      )}
      {mode === 'note' && (
        <NoteForm
          key={draftKey}
          {...draft}
          onAdd={async (note) => report(await commands.addNote(call.id, note))}
        />
      )}
      {mode === 'end' && (
        <EndForm
          key={draftKey}
          call={call}
          onEnd={async (reason) => report(await commands.end(call.id, reason ? { reason } : {}))}
          onCancel={() => choose('message')}
        />
      )}
      {problem?.callId === call.id && (
        <p className="composer-problem tx-act" role="alert">
          {problem.text}
        </p>
      )}
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
