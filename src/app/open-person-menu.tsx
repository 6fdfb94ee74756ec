// The menu of the person who is signed in; loaded when somebody reaches for it.
import { Menu, useMantineColorScheme } from '@mantine/core'
import { PersonButton, type PersonMenuProps } from '#src/app/person-menu.tsx'

const schemes = [
  { value: 'dark', name: 'Dark' },
  { value: 'light', name: 'Light' },
  { value: 'auto', name: 'As the system' },
] as const

/** The button with its menu, open at first: it was pressed to get here. */
export function OpenPersonMenu({ user, compact, onDensity, onSignOut }: PersonMenuProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="top-start" width={220} defaultOpened>
      <Menu.Target>
        <PersonButton user={user} />
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
