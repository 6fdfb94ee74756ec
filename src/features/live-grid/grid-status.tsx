// The line under the board: how many, what is held, and which keys move it.
import { formatCount } from '#src/lib/format.ts'
import type { Board } from '#src/floor/desk.ts'
import { capOf } from '#src/ui/action-list.ts'
import { useRunAction } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'

interface GridStatusProps {
  board: Board
  held: boolean
  paused: boolean
  compact: boolean
}

/** Counts to the left, keys to the right; nothing floats over the rows. */
export function GridStatus({ board, held, paused, compact }: GridStatusProps) {
  const run = useRunAction()
  const { count, ended, total, hidden, waiting } = board
  const live = Math.max(0, Math.min(count, total) - ended)
  return (
    <div className="grid-status">
      <span>
        <b>{formatCount(live)}</b> {live === 1 ? 'call' : 'calls'}
        {ended > 0 && ` · ${formatCount(ended)} just ended`}
        {hidden > 0 && ` · ${formatCount(hidden)} hidden by filter`}
      </span>
      {paused && <span className="tx-attention">View paused</span>}
      {held && waiting > 0 && (
        <span>
          {paused ? '' : 'Order held while you read · '}
          <button type="button" className="link" onClick={() => run('order.apply')} aria-keyshortcuts="u">
            <b>{waiting === 1 ? '1 row wants' : `${formatCount(waiting)} rows want`} to move</b>{' '}
            <Key>{capOf('order.apply')}</Key>
          </button>
        </span>
      )}
      <span className="grid-status-end">
        <button
          type="button"
          className="link-quiet"
          onClick={() => run('density.toggle')}
          aria-keyshortcuts="d"
        >
          Rows {compact ? 32 : 40} px <Key>{capOf('density.toggle')}</Key>
        </button>
        <span className="wide">
          <Key>j</Key> <Key>k</Key> move
        </span>
        <button
          type="button"
          className="link-quiet wide"
          aria-pressed={paused}
          onClick={() => run('view.pause')}
          aria-keyshortcuts="Space"
        >
          <Key>{capOf('view.pause')}</Key> {paused ? 'go on' : 'pause view'}
        </button>
      </span>
    </div>
  )
}
