// What can be done to the picked calls together. It says how many and who before anything is done.
import { useRef, useState } from 'react'
import type { HumanAgent } from '#contract/agent.ts'
import type { ApiProblem } from '#contract/errors.ts'
import { type BulkAct, type PickedCall, countCalls } from '#src/features/bulk/affected.ts'
import { AssignForm } from '#src/features/bulk/assign-form.tsx'
import { BulkNoteForm } from '#src/features/bulk/bulk-note-form.tsx'
import { BulkResult } from '#src/features/bulk/bulk-result.tsx'
import { type Outcomes, runBulk, unfinished } from '#src/features/bulk/run-bulk.ts'
import { type TakeBack, assignmentUndo, takeAllBack } from '#src/features/bulk/take-back.ts'
import { usePickedCalls } from '#src/features/bulk/use-picked-calls.ts'
import { formatCount } from '#src/lib/format.ts'
import { type Result, ok } from '#src/lib/result.ts'
import { useBoard, useLiveActions } from '#src/live/use-live.ts'
import { useKeys, useUndo } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import './bulk.css'

interface BulkBarProps {
  ids: ReadonlySet<string>
  watchlist: readonly string[]
  mayNote: boolean
  mayAssign: boolean
  loadAgents: () => Promise<Result<readonly HumanAgent[], ApiProblem>>
  onWatch: (callIds: readonly string[]) => void
  onAll: () => void
  onOnly: (callIds: readonly string[]) => void
  onClear: () => void
}

interface Deed {
  /** What was done, as a past participle: `noted`. */
  verb: string
  /** Does it to one call, and says how that is taken back. */
  act: (callId: string) => Promise<Result<TakeBack, ApiProblem>>
}

interface Run extends Deed {
  outcomes: Outcomes
  isOver: boolean
}

/** The bar over the status line while calls are picked. */
export function BulkBar(props: BulkBarProps) {
  const { ids, watchlist, mayNote, mayAssign, loadAgents, onWatch, onAll, onOnly, onClear } = props
  const { commands } = useLiveActions()
  const { cap, shortcuts } = useKeys()
  const offerUndo = useUndo()
  const { fitting } = useBoard()
  const picked = usePickedCalls(ids)
  const [form, setForm] = useState<BulkAct | null>(null)
  const [run, setRun] = useState<Run | null>(null)
  const stopped = useRef(false)

  const start = async (calls: readonly string[], { verb, act }: Deed) => {
    stopped.current = false
    setForm(null)
    setRun({ verb, act, outcomes: new Map(), isOver: false })
    const done = new Map<string, TakeBack>()
    const outcomes = await runBulk(calls, {
      act: async (id) => {
        const answer = await act(id)
        if (answer.ok) done.set(id, answer.value)
        return answer
      },
      onChange: (next) => setRun({ verb, act, outcomes: next, isOver: false }),
      isStopped: () => stopped.current,
    })
    setRun({ verb, act, outcomes, isOver: true })
    if (done.size > 0)
      offerUndo({
        text: `${countCalls(done.size)} ${verb}`,
        undo: async () => {
          const outcome = await takeAllBack(done, problemWords)
          // Gone from the calls, so not to be read as done either.
          setRun(null)
          return outcome
        },
      })
  }
  const note = (text: string): Deed => ({
    verb: 'noted',
    act: async (id) => {
      const answer = await commands.addNote(id, { note: text })
      return answer.ok ? ok(() => commands.removeNote(id, answer.value.note_id)) : answer
    },
  })
  const assign = (choice: { agentId?: string; reason?: string }): Deed => ({
    verb: 'assigned',
    act: async (id) => {
      const answer = await commands.escalate(id, choice)
      return answer.ok ? ok(assignmentUndo(commands, answer.value)) : answer
    },
  })
  if (run)
    return (
      <section className="bulk" aria-label="Selected calls">
        <BulkResult
          verb={run.verb}
          outcomes={run.outcomes}
          isOver={run.isOver}
          calls={picked ?? []}
          onStop={() => {
            stopped.current = true
          }}
          onRetry={() => void start(unfinished(run.outcomes), run)}
          onKeepFailed={() => {
            onOnly(unfinished(run.outcomes))
            setRun(null)
          }}
          onClose={() => setRun(null)}
        />
      </section>
    )
  const isWatched = [...ids].every((id) => watchlist.includes(id))
  return (
    <section className="bulk" aria-label="Selected calls">
      <div className="bulk-line">
        <b role="status">{countCalls(ids.size)} selected</b>
        <span className="t3">{endedWords(picked)}</span>
        <Button
          cap={cap('row.watch')}
          aria-keyshortcuts={shortcuts('row.watch')}
          onClick={() => onWatch([...ids])}
        >
          {isWatched ? 'Take off watch list' : 'Watch'}
        </Button>
        {mayAssign && (
          <Button
            aria-expanded={form === 'assign'}
            onClick={() => setForm(form === 'assign' ? null : 'assign')}
          >
            Assign…
          </Button>
        )}
        {mayNote && (
          <Button aria-expanded={form === 'note'} onClick={() => setForm(form === 'note' ? null : 'note')}>
            Note…
          </Button>
        )}
        <span className="bulk-end">
          <button type="button" className="link" onClick={onAll}>
            Select all {formatCount(fitting)}
          </button>
          <button type="button" className="link" onClick={onClear} aria-keyshortcuts="Escape">
            Clear
          </button>
        </span>
      </div>
      {form === 'note' && picked && (
        <BulkNoteForm picked={picked} onSend={(calls, text) => void start(calls, note(text))} />
      )}
      {form === 'assign' && picked && (
        <AssignForm
          picked={picked}
          loadAgents={loadAgents}
          onSend={(calls, choice) => void start(calls, assign(choice))}
        />
      )}
    </section>
  )
}

function endedWords(picked: readonly PickedCall[] | null): string {
  const ended = picked?.filter(({ brief, isGone }) => isGone || brief?.isLive === false).length ?? 0
  return ended === 0 ? '' : `${formatCount(ended)} of them over`
}
