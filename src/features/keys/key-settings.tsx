// Which keys do what, as this person wants it: other keys by pressing them, none, or no single keys at all.
import { Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import { allActions } from '#src/actions/action-list.ts'
import { actionGroups } from '#src/actions/action-record.ts'
import { type KeyChoice, defaultChoice } from '#src/actions/key-map.ts'
import { keysPreference } from '#src/actions/keys-preference.ts'
import { KeyRow } from '#src/features/keys/key-row.tsx'
import { fit, plain, typedWords } from '#src/lib/fuzzy.ts'
import { useRegistry, useUndo } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import { usePreference } from '#src/ui/use-preference.ts'
import './keys.css'

/** A dialog with every action; a change counts at once, in every tab of the person. */
export function KeySettings({ onClose }: { onClose: () => void }) {
  const [choice, setChoice] = usePreference(keysPreference)
  const [search, setSearch] = useState('')
  const { standing } = useRegistry()
  const offerUndo = useUndo()
  const words = typedWords(search)
  const shown = allActions.filter(
    ([id, { title, also = '', group }]) =>
      (group !== 'Go to' || standing(id).ready) &&
      (words.length === 0 || fit(words, [plain(`${title} ${also}`)]) > 0),
  )
  const isOwn = choice.singleKeys && Object.keys(choice.keys).length === 0
  const change = (next: KeyChoice, text: string) => {
    setChoice(next)
    offerUndo({ text, undo: () => setChoice(choice) })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title="Change keys"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="keys-top">
        <Checkbox
          size="xs"
          label="Single keys act on their own"
          description="Off: only keys with Ctrl or Alt, arrows, Enter and Esc act. Everything stays in the palette."
          checked={choice.singleKeys}
          onChange={(event) =>
            change(
              { ...choice, singleKeys: event.currentTarget.checked },
              event.currentTarget.checked ? 'Single keys switched on' : 'Single keys switched off',
            )
          }
        />
        <div className="keys-find">
          <input
            data-autofocus
            type="search"
            aria-label="Find an action"
            placeholder="Find an action"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button
            aria-disabled={isOwn || undefined}
            title={isOwn ? 'All keys are as they came.' : undefined}
            onClick={() => {
              if (!isOwn) change(defaultChoice, 'All keys reset')
            }}
          >
            Reset all
          </Button>
        </div>
      </div>
      {actionGroups
        .filter((group) => shown.some(([, record]) => record.group === group))
        .map((group) => (
          <section key={group} className="keys-group" aria-label={group}>
            <h3 className="label">{group}</h3>
            <ul>
              {shown
                .filter(([, record]) => record.group === group)
                .map(([id]) => (
                  <KeyRow key={id} id={id} choice={choice} onChange={change} />
                ))}
            </ul>
          </section>
        ))}
      {shown.length === 0 && <p className="t3">No action is called that.</p>}
    </Modal>
  )
}
