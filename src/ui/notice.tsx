// The message where content would be: empty, filtered out, loading, denied, failed are different messages in one place.
import type { ReactNode } from 'react'

interface NoticeProps {
  title: string
  children?: ReactNode
  /** A failure interrupts; everything else is only said when asked. */
  urgent?: boolean
}

/** A quiet message in the middle of an empty region. */
export function Notice({ title, children, urgent }: NoticeProps) {
  return (
    <div className="notice" role={urgent ? 'alert' : 'status'}>
      <p className="notice-title">{title}</p>
      {children && <div className="notice-more">{children}</div>}
    </div>
  )
}
