// The saved views behind their button: choose one, save what is shown, and look after one's own.
import { Popover } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { SavedView } from '#contract/view.ts'
import { useAction, useUndo } from '#src/ui/actions.tsx'
import { problemWords, undoOutcome } from '#src/ui/problem-words.ts'
import { type Views, movedPosition, useViews } from '#src/features/views/use-views.ts'
import { ViewForm } from '#src/features/views/view-form.tsx'
import { ViewsName, type ViewsProps } from '#src/features/views/views-button.tsx'
import './views.css'

/** Button and list; `openAtFirst` when it was pressed to get here. */
export function OpenViews(props: ViewsProps & { openAtFirst: boolean }) {
  const { area, api, query, viewId, onMenu, openAtFirst } = props
  const views = useViews(api, area)
  const [isOpen, setOpen] = useState(openAtFirst)
  const button = useRef<HTMLButtonElement>(null)
  const toggle = (open: boolean) => {
    setOpen(open)
    onMenu(open)
    if (open) void views.reload()
    // Mantine gives the focus back to who had it at the opening; a list that is open at first knows of nobody.
    else button.current?.focus({ preventScroll: true })
  }
  useAction('views.show', () => toggle(!isOpen))
  const current = views.list?.find(({ id }) => id === viewId)
  return (
    <Popover opened={isOpen} onChange={toggle} position="bottom-start" width={320} trapFocus returnFocus>
      <Popover.Target>
        <ViewsName
          ref={button}
          name={current?.name ?? 'Views'}
          changed={current !== undefined && current.query !== query}
          aria-expanded={isOpen}
          onClick={() => toggle(!isOpen)}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views" className="views">
        <ViewList {...props} views={views} current={current} onClose={() => toggle(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface ViewListProps extends ViewsProps {
  views: Views
  current: SavedView | undefined
  onClose: () => void
}

function ViewList({ views, current, query, mayShare, onApply, onClose }: ViewListProps) {
  const [form, setForm] = useState<'save' | 'rename' | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const offerUndo = useUndo()
  const own = (views.list ?? []).filter(({ shared }) => !shared)
  const team = (views.list ?? []).filter(({ shared }) => shared)
  const apply = (view: SavedView) => {
    onApply(view.query, view.id)
    onClose()
  }
  const change = async (
    view: SavedView,
    part: Parameters<Views['change']>[1],
    undo: typeof part,
    text: string,
  ) => {
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
  const list = (title: string, some: readonly SavedView[]) =>
    some.length > 0 && (
      <section>
        <h2>{title}</h2>
        <ul>
          {some.map((view) => (
            <li key={view.id}>
              <button
                type="button"
                className="views-item"
                aria-current={view.id === current?.id || undefined}
                data-autofocus={view.id === current?.id || undefined}
                onClick={() => apply(view)}
              >
                <span className="clip">{view.name}</span>
                {view.shared && !view.can_change && <small className="t3 clip">{view.owner.name}</small>}
              </button>
            </li>
          ))}
        </ul>
      </section>
    )
  const isChanged = current !== undefined && current.query !== query
  const names = useRef<HTMLDivElement>(null)
  const isKnown = views.list !== null
  useEffect(() => {
    if (!isKnown) return
    const items = names.current?.querySelectorAll<HTMLElement>('.views-item') ?? []
    const first = [...items].find((item) => item.getAttribute('aria-current')) ?? items[0]
    first?.focus()
  }, [isKnown])
  const handleArrow = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const items = [...(names.current?.querySelectorAll<HTMLElement>('.views-item') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    items[Math.min(items.length - 1, Math.max(0, at + step))]?.focus()
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
      {/* The arrows go from view to view; each is a button that is reached by Tab as well. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div ref={names} onKeyDown={handleArrow} className="views-names">
        {list('Mine', own)}
        {list('Team', team)}
      </div>
      {form === null && (
        <div className="views-acts">
          {current?.can_change && isChanged && (
            <button
              type="button"
              className="btn btn-primary"
              onClick={() =>
                void change(
                  current,
                  { query },
                  { query: current.query },
                  `Changed the view “${current.name}”`,
                )
              }
            >
              Save the changes to “{current.name}”
            </button>
          )}
          {current && isChanged && (
            <button type="button" className="link" onClick={() => apply(current)}>
              Back to “{current.name}” as it was saved
            </button>
          )}
          <button type="button" className="link" onClick={() => setForm('save')}>
            Save what is shown as a new view…
          </button>
          {current?.can_change && (
            <div className="views-row" role="group" aria-label={`The view “${current.name}”`}>
              <button type="button" className="link" onClick={() => setForm('rename')}>
                Rename
              </button>
              {(mayShare || current.shared) && (
                <button
                  type="button"
                  className="link"
                  onClick={() =>
                    void change(
                      current,
                      { shared: !current.shared },
                      { shared: current.shared },
                      current.shared ? `“${current.name}” is yours alone` : `The team sees “${current.name}”`,
                    )
                  }
                >
                  {current.shared ? 'Stop sharing' : 'Share with the team'}
                </button>
              )}
              <button type="button" className="link" aria-label="Move up" onClick={() => move(current, -1)}>
                ↑
              </button>
              <button type="button" className="link" aria-label="Move down" onClick={() => move(current, 1)}>
                ↓
              </button>
              <button type="button" className="link tx-act" onClick={() => void remove(current)}>
                Delete
              </button>
            </div>
          )}
        </div>
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
