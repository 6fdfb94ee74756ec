// The `?` sheet: all keys by group; those that cannot act now are dimmed, not hidden.
import { Modal } from '@mantine/core'
import { useIsActionBound } from '#src/ui/actions.tsx'
import { type ActionId, type ActionRecord, actionList, printKey } from '#src/ui/action-list.ts'
import { Key } from '#src/ui/key.tsx'

const groups = ['The board', 'The open call', 'Stepping in', 'Everywhere'] as const
const entries = Object.entries(actionList) as [ActionId, ActionRecord][]

/** A dialog with every action and its keys. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const isBound = useIsActionBound()
  return (
    <Modal opened onClose={onClose} title="Keys" size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="key-sheet">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="label">{group}</h3>
            <dl>
              {entries
                .filter(([, action]) => action.group === group)
                .map(([id, action]) => (
                  <div key={id} className={isBound(id) ? '' : 't3'}>
                    <dt>{action.label}</dt>
                    <dd>
                      {action.keys.map((key) => (
                        <span key={key} className="key-combo">
                          <span className="sr-only">{printKey(key)}</span>
                          {key.length > 1 && key.includes(' ') ? (
                            key.split(' ').map((part) => <Key key={part}>{part}</Key>)
                          ) : (
                            <Key>{printKey(key)}</Key>
                          )}
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="t3">No single key acts while you type. Esc leaves a text field.</p>
    </Modal>
  )
}
