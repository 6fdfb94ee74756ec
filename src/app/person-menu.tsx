// Who is signed in, at the foot of the rail. What they may change for themselves comes when they reach for it.
import { type ComponentProps, useState } from 'react'
import { initials } from '#src/lib/initials.ts'
import type { Session } from '#contract/auth.ts'
import { later } from '#src/ui/later.tsx'

const OpenPersonMenu = later(
  () => import('#src/app/open-person-menu.tsx').then((module) => module.OpenPersonMenu),
  'The menu',
)

export interface PersonMenuProps {
  user: Session
  compact: boolean
  onDensity: () => void
  onSignOut: () => void
}

export const roleNames: Record<Session['role'], string> = {
  viewer: 'Viewer',
  tech: 'Technician',
  sales_rep: 'Sales rep',
  csr: 'Customer service',
  dispatcher: 'Dispatcher',
  manager: 'Manager',
  owner: 'Owner',
}

/** How the person is called on screen. */
export const personName = ({ name, email, user_id }: Session) => name ?? email ?? user_id

/** The person as a button. */
export function PersonButton({
  user,
  className = '',
  ...rest
}: { user: Session } & ComponentProps<'button'>) {
  const name = personName(user)
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
      onPointerEnter={() => void OpenPersonMenu.preload()}
      onFocus={() => void OpenPersonMenu.preload()}
      onClick={() => setWanted(true)}
    />
  )
  if (!isWanted) return button
  return <OpenPersonMenu {...props} fallback={button} />
}
