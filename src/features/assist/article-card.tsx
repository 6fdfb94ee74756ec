// One article of the knowledge base: its title, and when it is opened its text with the words that the caller used.
import type { AssistArticle } from '#contract/assist.ts'
import { Marked } from '#src/ui/marked.tsx'

interface ArticleCardProps {
  article: AssistArticle
  open: boolean
  onToggle: () => void
  /** Absent: the reader may not message the AI. */
  onInsert?: (() => void) | undefined
  onCopy: () => void
  onLine: () => void
}

/** A row that opens. */
export function ArticleCard({ article, open, onToggle, onInsert, onCopy, onLine }: ArticleCardProps) {
  const { entry, words } = article
  return (
    <li className="assist-article">
      <button type="button" className="assist-title" aria-expanded={open} onClick={onToggle}>
        <span aria-hidden="true" className="t3">
          {open ? '▾' : '▸'}
        </span>
        <span className="clip">
          <Marked text={entry.title} words="" keywords={words} title="The caller said this" />
        </span>
      </button>
      {open && (
        <div className="assist-text">
          <p dir="auto">
            <Marked text={entry.content} words="" keywords={words} title="The caller said this" />
          </p>
          <div className="assist-acts">
            {onInsert && (
              <button type="button" className="link" onClick={onInsert}>
                Put into the message
              </button>
            )}
            <button type="button" className="link" onClick={onCopy}>
              Copy
            </button>
            <button type="button" className="link" onClick={onLine}>
              Go to what was said
            </button>
            {entry.source && <span className="t3">{entry.source}</span>}
          </div>
        </div>
      )}
    </li>
  )
}
