// Rows of bars where rows of calls will be, while a list is read for the first time.
interface ListSkeletonProps {
  /** Says how wide its columns are. */
  className: string
}

/** As many as fill a screen. */
export function ListSkeleton({ className }: ListSkeletonProps) {
  return (
    <div role="status" aria-label="Loading calls" className={className}>
      {Array.from({ length: 14 }, (_, index) => (
        <div key={index} className="skeleton" aria-hidden="true">
          <i />
          <i style={{ width: `${60 + ((index * 17) % 40)}%` }} />
          <i style={{ width: `${40 + ((index * 29) % 45)}%` }} />
          <i />
          <i />
        </div>
      ))}
    </div>
  )
}
