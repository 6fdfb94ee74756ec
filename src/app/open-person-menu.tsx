// The menu of the person who is signed in; loaded when somebody reaches for it.
import { Menu, Modal, Select, useMantineColorScheme } from '@mantine/core'
import { useRef, useState } from 'react'
import { useKeys, useRunAction } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { PersonButton, type PersonMenuProps } from '#src/app/person-menu.tsx'
import { zonePreference } from '#src/app/preferences.ts'
import { usePreference } from '#src/ui/use-preference.ts'

const schemes = [
  { value: 'dark', name: 'Dark' },
  { value: 'light', name: 'Light' },
  { value: 'auto', name: 'As the system' },
] as const

/** The button with its menu, open at first: it was pressed to get here. */
export function OpenPersonMenu({ user, compact, onDensity, onSignOut }: PersonMenuProps) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [choosesZone, setChoosesZone] = useState(false)
  const { cap } = useKeys()
  const run = useRunAction()
  const button = useRef<HTMLButtonElement>(null)
  // Mantine gives the focus back to who had it at the opening; a menu that is open at first knows of nobody.
  const giveBack = () => button.current?.focus({ preventScroll: true })
  return (
    <>
      <Menu position="top-start" width={220} defaultOpened onChange={(open) => !open && giveBack()}>
        <Menu.Target>
          <PersonButton ref={button} user={user} />
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
          <Menu.Item rightSection={<Key>{cap('density.toggle')}</Key>} onClick={onDensity}>
            {compact ? 'Normal rows' : 'Compact rows'}
          </Menu.Item>
          <Menu.Item rightSection={<Key>{cap('keys.change')}</Key>} onClick={() => run('keys.change')}>
            Keys…
          </Menu.Item>
          <Menu.Item onClick={() => setChoosesZone(true)}>Time zone…</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={onSignOut}>Sign out</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosesZone && <ZoneDialog onClose={() => setChoosesZone(false)} />}
    </>
  )
}

function ZoneDialog({ onClose }: { onClose: () => void }) {
  const [zone, setZone] = usePreference(zonePreference)
  return (
    <Modal opened onClose={onClose} title="Time zone of all clocks" size="sm">
      <Select
        data-autofocus
        label="Zone"
        placeholder="The zone of this machine"
        data={Intl.supportedValuesOf('timeZone')}
        value={zone}
        onChange={setZone}
        searchable
        clearable
        limit={60}
      />
    </Modal>
  )
}
