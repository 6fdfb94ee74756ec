// The saved views behind their button: choose one, save what is shown, and look after one's own.
import { useState } from 'react'
import type { SavedView } from '#contract/view.ts'
import { type ViewChange, type Views, movedPosition } from '#src/features/views/use-views.ts'
import { ViewActs } from '#src/features/views/view-acts.tsx'
import { ViewForm } from '#src/features/views/view-form.tsx'
import { ViewNames } from '#src/features/views/view-names.tsx'
import type { ViewsProps } from '#src/features/views/views-button.tsx'
import { useUndo } from '#src/ui/actions.tsx'
import { problemWords, undoOutcome } from '#src/ui/problem-words.ts'

interface ViewListProps extends ViewsProps {
  views: Views
  current: SavedView | undefined
  onClose: () => void
}

/** Names, what can be done, and the form that was asked for. */
export function ViewList({ views, current, query, mayShare, onApply, onClose }: ViewListProps) {
  const [form, setForm] = useState<'save' | 'rename' | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const offerUndo = useUndo()
  const own = (views.list ?? []).filter(({ shared }) => !shared)
  const team = (views.list ?? []).filter(({ shared }) => shared)
  const apply = (view: SavedView) => {
    onApply(view.query, view.id)
    onClose()
  }
  const change = async (view: SavedView, part: ViewChange, undo: ViewChange, text: string) => {
    const answer = await views.change(view.id, part)
    setFault(answer.ok ? null : problemWords(answer.problem))
    if (answer.ok) offerUndo({ text, undo: async () => undoOutcome(await views.change(view.id, undo)) })
  }
  const remove = async (view: SavedView) => {
    const answer = await views.remove(view.id)
    setFault(answer.ok ? null : problemWords(answer.problem))
    if (!answer.ok) return
    if (view.id === current?.id) onApply(query, null)
    offerUndo({
      text: `Deleted the view “${view.name}”`,
      undo: async () => undoOutcome(await views.change(view.id, { deleted: false })),
    })
  }
  const move = (view: SavedView, by: -1 | 1) => {
    const position = movedPosition(view.shared ? team : own, view.id, by)
    if (position !== null)
      void change(view, { position }, { position: view.position }, `Moved the view “${view.name}”`)
  }
  return (
    <>
      {views.list === null && !views.problem && <p className="t3">Loading…</p>}
      {views.problem && (
        <p className="tx-act" role="alert">
          {views.list ? 'Not up to date: ' : ''}
          {problemWords(views.problem)}
        </p>
      )}
      {views.list?.length === 0 && form === null && (
        <p className="t3">No views yet. Filter, sort and choose columns, then save them under a name.</p>
      )}
      <ViewNames
        own={own}
        team={team}
        currentId={current?.id}
        isKnown={views.list !== null}
        onApply={apply}
      />
      {form === null && (
        <ViewActs
          current={current}
          query={query}
          mayShare={mayShare}
          onApply={apply}
          onChange={(...what) => void change(...what)}
          onMove={move}
          onRemove={(view) => void remove(view)}
          onForm={setForm}
        />
      )}
      {form === 'save' && (
        <ViewForm
          label="Name of the view"
          submit="Save the view"
          name=""
          shared={mayShare ? false : null}
          onSave={async (name, shared) => {
            const answer = await views.create({ name, shared, query })
            if (answer.ok) {
              setForm(null)
              apply(answer.value)
            }
            return answer
          }}
          onCancel={() => setForm(null)}
        />
      )}
      {form === 'rename' && current && (
        <ViewForm
          label="New name"
          submit="Rename"
          name={current.name}
          shared={null}
          onSave={async (name) => {
            const answer = await views.change(current.id, { name })
            if (answer.ok) setForm(null)
            return answer
          }}
          onCancel={() => setForm(null)}
        />
      )}
      {fault && (
        <p className="tx-act" role="alert">
          {fault}
        </p>
      )}
    </>
  )
}
