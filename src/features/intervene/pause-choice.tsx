// How long the AI is to be silent: until somebody resumes it, or for a time after which the server does.
import { Menu } from '@mantine/core'
import { Button } from '#src/ui/button.tsx'

const spans = [
  { words: '30 seconds', seconds: 30 },
  { words: '2 minutes', seconds: 120 },
  { words: 'Until somebody resumes it', seconds: undefined },
] as const

/** The choice beside the pause button. */
export function PauseChoice({ onPause }: { onPause: (seconds: number | undefined) => void }) {
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button kind="quiet" className="pause-for" aria-label="Pause for how long">
          ▾
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Pause for</Menu.Label>
        {spans.map(({ words, seconds }) => (
          <Menu.Item key={words} onClick={() => onPause(seconds)}>
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
