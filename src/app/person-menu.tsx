// Who is signed in, at the foot of the rail. What they may change for themselves comes when they reach for it.
import { type ComponentProps, Suspense, lazy, useState } from 'react'
import { persistently } from '#src/lib/persistently.ts'
import { initials } from '#src/lib/initials.ts'
import type { Session } from '#contract/auth.ts'

const loadMenu = persistently(() => import('#src/app/open-person-menu.tsx'))
const OpenPersonMenu = lazy(() => loadMenu().then((module) => ({ default: module.OpenPersonMenu })))

export interface PersonMenuProps {
  user: Session
  compact: boolean
  onDensity: () => void
  onSignOut: () => void
}

const roleNames: Record<Session['role'], string> = {
  viewer: 'Viewer',
  tech: 'Technician',
  sales_rep: 'Sales rep',
  csr: 'Customer service',
  dispatcher: 'Dispatcher',
  manager: 'Manager',
  owner: 'Owner',
}

/** The person as a button. */
export function PersonButton({
  user,
  className = '',
  ...rest
}: { user: Session } & ComponentProps<'button'>) {
  const name = user.name ?? user.email ?? user.user_id
  return (
    <button
      type="button"
      className={`me ${className}`}
      title={user.email}
      aria-label={`${name}, ${roleNames[user.role]}: menu`}
      aria-haspopup="menu"
      {...rest}
    >
      <span className="avatar" aria-hidden="true">
        {initials(name)}
      </span>
      <span className="rail-words me-words">
        <span className="clip">{name}</span>
        <small>{roleNames[user.role]}</small>
      </span>
    </button>
  )
}

/** The person at the foot of the rail, with their menu: theme, density, sign out. */
export function PersonMenu(props: PersonMenuProps) {
  const [isWanted, setWanted] = useState(false)
  const button = (
    <PersonButton
      user={props.user}
      aria-expanded={false}
      onPointerEnter={() => void loadMenu()}
      onFocus={() => void loadMenu()}
      onClick={() => setWanted(true)}
    />
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <OpenPersonMenu {...props} />
    </Suspense>
  )
}
