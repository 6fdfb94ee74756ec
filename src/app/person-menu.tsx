// Who is signed in, and what they may change for themselves: theme, density, sign out.
import { Menu, useMantineColorScheme } from '@mantine/core'
import type { Session } from '#contract/auth.ts'

interface PersonMenuProps {
  user: Session
  compact: boolean
  onDensity: () => void
  onSignOut: () => void
}

const schemes = [
  { value: 'dark', name: 'Dark' },
  { value: 'light', name: 'Light' },
  { value: 'auto', name: 'As the system' },
] as const

const roleNames: Record<Session['role'], string> = {
  viewer: 'Viewer',
  tech: 'Technician',
  sales_rep: 'Sales rep',
  csr: 'Customer service',
  dispatcher: 'Dispatcher',
  manager: 'Manager',
  owner: 'Owner',
}

/** Up to two initials of a name. */
export function initials(name: string): string {
  const parts = name.split(/[\s@.]+/).filter(Boolean)
  return ((parts[0]?.[0] ?? '') + (parts.length > 1 ? (parts.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

/** The person at the foot of the rail, with their menu. */
export function PersonMenu({ user, compact, onDensity, onSignOut }: PersonMenuProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const name = user.name ?? user.email ?? user.user_id
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className="me"
          title={user.email}
          aria-label={`${name}, ${roleNames[user.role]}: menu`}
        >
          <span className="avatar" aria-hidden="true">
            {initials(name)}
          </span>
          <span className="rail-words me-words">
            <span className="clip">{name}</span>
            <small>{roleNames[user.role]}</small>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) =>
            setColorScheme(schemes.find((scheme) => scheme.value === value)?.value ?? 'dark')
          }
        >
          {schemes.map(({ value, name: scheme }) => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {scheme}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item rightSection={<kbd>d</kbd>} onClick={onDensity}>
          {compact ? 'Normal rows' : 'Compact rows'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={onSignOut}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
