// The `?` sheet: all actions and their keys by group; those that cannot be done now say why.
import { Modal } from '@mantine/core'
import { type ActionId, allActions } from '#src/actions/action-list.ts'
import { type ActionRecord, actionGroups } from '#src/actions/action-record.ts'
import { actingKeys } from '#src/actions/key-map.ts'
import { Combos } from '#src/features/keys/combos.tsx'
import { useKeyChoice, useRegistry } from '#src/ui/actions.tsx'
import { Button } from '#src/ui/button.tsx'
import './keys.css'

interface KeySheetProps {
  onClose: () => void
  onChange: () => void
}

/** A dialog with every action that has a key. */
export function KeySheet({ onClose, onChange }: KeySheetProps) {
  const choice = useKeyChoice()
  const { standing } = useRegistry()
  const shown = allActions.filter(
    ([id, { group }]) => actingKeys(id, choice).length > 0 && (group !== 'Go to' || standing(id).ready),
  )
  return (
    <Modal opened onClose={onClose} title="Keys" size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="key-sheet">
        {actionGroups
          .filter((group) => shown.some(([, record]) => record.group === group))
          .map((group) => (
            <section key={group}>
              <h3 className="label">{group}</h3>
              <dl>
                {shown
                  .filter(([, record]) => record.group === group)
                  .map(([id, record]) => (
                    <Row key={id} id={id} record={record} combos={actingKeys(id, choice)} />
                  ))}
              </dl>
            </section>
          ))}
      </div>
      <div className="keys-foot">
        <p className="t3">
          {choice.singleKeys
            ? 'No single key acts while you type. Esc leaves a text field.'
            : 'Single keys are switched off. Everything is in the palette.'}
        </p>
        <Button onClick={onChange}>Change keys</Button>
      </div>
    </Modal>
  )
}

function Row({ id, record, combos }: { id: ActionId; record: ActionRecord; combos: readonly string[] }) {
  const standing = useRegistry().standing(id)
  return (
    <div className={standing.ready ? '' : 't3'}>
      <dt>
        {record.title}
        {record.confirms && <small> · asks first</small>}
        {record.undo && <small> · can be undone</small>}
        {!standing.ready && !record.quiet && <small className="keys-why">{standing.why}</small>}
      </dt>
      <dd>
        <Combos combos={combos} />
      </dd>
    </div>
  )
}
