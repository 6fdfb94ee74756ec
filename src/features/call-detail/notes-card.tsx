// The notes of a call, newest first, each with who wrote it and when.
import type { CallNote } from '#contract/transcript.ts'
import { useKeys, useRunAction } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'

/** The card; writing is done in the box under the script. */
export function NotesCard({ notes, mayWrite }: { notes: readonly CallNote[]; mayWrite: boolean }) {
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  return (
    <section className="card" aria-label="Notes">
      <header>
        <h3>Notes {notes.length > 0 && <b>{notes.length}</b>}</h3>
        {mayWrite && (
          <Button
            kind="quiet"
            cap={cap('act.note')}
            aria-keyshortcuts={shortcuts('act.note')}
            onClick={() => run('act.note')}
          >
            Write a note
          </Button>
        )}
      </header>
      {notes.length === 0 && <p className="t3">No notes.</p>}
      <ul className="notes">
        {notes.toReversed().map(({ id, note, author_name, created_at, tags }) => (
          <li key={id}>
            <p dir="auto">{note}</p>
            <p className="t3">
              {author_name}, {clockText(Date.parse(created_at))}
              {tags.map((tag) => (
                <span key={tag} className="act-tag">
                  {tag}
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
