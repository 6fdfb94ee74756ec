// The menu of the person who is signed in; loaded when somebody reaches for it.
import { Menu, useMantineColorScheme } from '@mantine/core'
import { useRef, useState } from 'react'
import { useKeys, useRunAction } from '#src/ui/actions.tsx'
import { Key } from '#src/ui/key.tsx'
import { PersonButton, type PersonMenuProps } from '#src/app/person-menu.tsx'
import { schemeOf, schemes } from '#src/app/schemes.ts'
import { ZoneDialog } from '#src/app/zone-dialog.tsx'

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
          <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(schemeOf(value))}>
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
