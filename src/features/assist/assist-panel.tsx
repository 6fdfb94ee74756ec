// Beside an open call: what could be done now and why, and the articles that fit what the caller just said.
import { useId, useRef, useState } from 'react'
import type { Suggestion } from '#contract/assist.ts'
import { useAction, useKeys } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { Key } from '#src/ui/key.tsx'
import { problemWords } from '#src/ui/problem-words.ts'
import { usePreference } from '#src/ui/use-preference.ts'
import { ArticleCard } from '#src/features/assist/article-card.tsx'
import { assistPreference } from '#src/features/assist/assist-preference.ts'
import type { AssistState } from '#src/features/assist/use-assist.ts'
import './assist-panel.css'

interface AssistPanelProps {
  state: AssistState
  /** The reader may message the AI. */
  mayMessage: boolean
  /** Opens the act with what is prepared; nothing is sent. */
  onSuggestion: (suggestion: Suggestion) => void
  /** Puts words into the message to the AI. */
  onInsert: (text: string) => void
  onLine: (lineId: number) => void
  /** Whether it is unfolded; undefined where there is room, and it is as the person left it. */
  unfolded?: boolean | undefined
  onUnfold?: ((isWanted: boolean) => void) | undefined
}

/** The panel; a closed one is one row that says what is in it. */
export function AssistPanel(props: AssistPanelProps) {
  const { state, mayMessage, onSuggestion, onInsert, onLine, unfolded, onUnfold } = props
  const { problem, retry } = state
  // What somebody points at, or is about to press, does not become something else.
  const [isHeld, setHeld] = useState(false)
  const held = useRef(state.assist)
  if (!isHeld || !held.current) held.current = state.assist
  const assist = held.current
  const [chosen, setChosen] = usePreference(assistPreference)
  const isOpen = unfolded ?? chosen === 'open'
  const [article, setArticle] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const { cap, shortcuts } = useKeys()
  const bodyId = useId()
  const articles = assist?.articles ?? []
  const suggestions = assist?.suggestions ?? []
  const toggle = () => (unfolded === undefined ? setChosen(isOpen ? 'closed' : 'open') : onUnfold?.(!isOpen))
  useAction('assist.show', toggle)
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('Copied.')
    } catch {
      setSaid('The browser did not allow copying.')
    }
  }
  return (
    <section
      className="assist"
      aria-label="What could help"
      data-open={isOpen}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <h3 className="assist-head">
        <button
          type="button"
          className="assist-toggle"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          aria-keyshortcuts={shortcuts('assist.show')}
          onClick={toggle}
        >
          What could help
          <span className="t3">{summary(suggestions.length, articles.length)}</span>
          <Key>{cap('assist.show')}</Key>
        </button>
      </h3>
      {suggestions.length > 0 && (
        <ul className="assist-suggestions">
          {suggestions.slice(0, isOpen ? undefined : 1).map((suggestion) => (
            <li key={`${suggestion.code} ${suggestion.label}`}>
              <span className="assist-why" title={suggestion.reason}>
                {suggestion.reason}
              </span>
              <Button className="assist-act" onClick={() => onSuggestion(suggestion)}>
                {suggestion.label}
              </Button>
              {suggestion.detail && <span className="assist-detail t3">{suggestion.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      <div id={bodyId} hidden={!isOpen} className="assist-body">
        {problem && (
          <p className="assist-none">
            {assist ? 'This is not the latest: ' : ''}
            {problemWords(problem)}{' '}
            <button type="button" className="link" onClick={retry}>
              Try again
            </button>
          </p>
        )}
        {!problem && !assist && <p className="assist-none t3">Looking for what fits…</p>}
        {assist && articles.length === 0 && suggestions.length === 0 && (
          <p className="assist-none t3">Nothing that fits what the caller said last.</p>
        )}
        {articles.length > 0 && (
          <ul className="assist-articles" aria-label="Articles">
            {articles.map((one) => (
              <ArticleCard
                key={one.entry.id}
                article={one}
                open={article === one.entry.id}
                onToggle={() => setArticle(article === one.entry.id ? null : one.entry.id)}
                onInsert={mayMessage ? () => onInsert(one.entry.content) : undefined}
                onCopy={() => void copy(`${one.entry.title}\n${one.entry.content}`)}
                onLine={() => onLine(one.line_id)}
              />
            ))}
          </ul>
        )}
      </div>
      <output className="sr-only">{said}</output>
    </section>
  )
}

function summary(acts: number, articles: number): string {
  const parts = [
    acts > 0 ? `${acts} ${acts === 1 ? 'act' : 'acts'}` : '',
    articles > 0 ? `${articles} ${articles === 1 ? 'article' : 'articles'}` : '',
  ].filter(Boolean)
  return parts.join(' · ')
}
