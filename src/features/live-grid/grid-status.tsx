// The line under the board: how many, what is held, and which keys move it.
import { formatCount } from '#src/lib/format.ts'
import type { Board } from '#src/floor/desk.ts'
import { useKeys, useRunAction } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { StateMark } from '#src/ui/state-mark.tsx'

interface GridStatusProps {
  board: Board
  paused: boolean
  compact: boolean
}

/** Counts to the left, keys to the right; nothing floats over the rows. */
export function GridStatus({ board, paused, compact }: GridStatusProps) {
  const run = useRunAction()
  const { cap, shortcuts } = useKeys()
  const { fitting: live, ended, hidden, waiting, urgent } = board
  return (
    <div className="grid-status">
      <span>
        <b>{formatCount(live)}</b> {live === 1 ? 'call' : 'calls'}
        {ended > 0 && ` · ${formatCount(ended)} just ended`}
        {hidden > 0 && ` · ${formatCount(hidden)} hidden by filter`}
      </span>
      {paused && <span className="tx-attention">View paused</span>}
      {waiting > 0 && (
        <button
          type="button"
          className={urgent > 0 ? 'pill grid-pill grid-pill-act' : 'pill grid-pill'}
          title="The order is held while you read"
          onClick={() => run('order.apply')}
          aria-keyshortcuts={shortcuts('order.apply')}
        >
          {waiting === 1 ? '1 row wants' : `${formatCount(waiting)} rows want`} to move
          {urgent > 0 && (
            <b>
              {' · '}
              <StateMark meaning="act" /> {formatCount(urgent)} {urgent === 1 ? 'needs' : 'need'} you now
            </b>
          )}{' '}
          <Key>{cap('order.apply')}</Key>
        </button>
      )}
      <span className="grid-status-end">
        <button
          type="button"
          className="link-quiet"
          onClick={() => run('density.toggle')}
          aria-keyshortcuts={shortcuts('density.toggle')}
        >
          Rows {compact ? 32 : 40} px <Key>{cap('density.toggle')}</Key>
        </button>
        <span className="wide">
          <Key>{cap('row.next')}</Key> <Key>{cap('row.previous')}</Key> move
        </span>
        <button
          type="button"
          className="link-quiet wide"
          aria-pressed={paused}
          onClick={() => run('view.pause')}
          aria-keyshortcuts={shortcuts('view.pause')}
        >
          <Key>{cap('view.pause')}</Key> {paused ? 'go on' : 'pause view'}
        </button>
      </span>
    </div>
  )
}
