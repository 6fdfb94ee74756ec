// How alerts may call: sound with a test for each cue, quiet hours, notifications. It says so when the browser forbids it.
import { useEffect, useState } from 'react'
import type { AlertSeverity } from '#contract/alert.ts'
import { alertSeverities } from '#contract/alert-rules.ts'
import { type SoundState, pageCues } from '#src/features/alerts/cues.ts'
import { severityMark, severityName } from '#src/features/alerts/severity.ts'
import { isQuiet, soundPreference } from '#src/features/alerts/sound-preference.ts'
import { useServerNow } from '#src/live/use-live.ts'
import { Button } from '#src/ui/button.tsx'
import { clockText } from '#src/ui/clock-text.ts'
import { StateMark } from '#src/ui/state-mark.tsx'
import { usePreference } from '#src/ui/use-preference.ts'

const cueWords: Record<AlertSeverity, string> = {
  info: 'one low note',
  warning: 'two notes, rising',
  critical: 'three quick notes, twice; again every 30 s until somebody has it',
}

/** The tab "Sound" of the inbox. */
export function SoundSettings() {
  const [sound, setSound] = usePreference(soundPreference)
  const [state, setState] = useState<SoundState>(() => pageCues().state())
  const [permission, setPermission] = useState(() =>
    typeof Notification === 'undefined' ? 'unavailable' : Notification.permission,
  )
  const now = useServerNow(15_000)
  useEffect(() => {
    const timer = setInterval(() => setState(pageCues().state()), 1000)
    return () => clearInterval(timer)
  }, [])
  const test = async (severity: AlertSeverity) => {
    setState(await pageCues().unlock())
    pageCues().play(severity, sound.volume)
  }
  const enable = async () => {
    setSound({ ...sound, on: true })
    await test('warning')
  }
  const askPermission = async () => {
    if (typeof Notification === 'undefined') return
    const answer = await Notification.requestPermission()
    setPermission(answer)
    if (answer === 'granted') setSound({ ...sound, desktop: true })
  }
  return (
    <div className="alert-list sound-settings">
      <section aria-label="Sound">
        <h3>Sound</h3>
        {state === 'unavailable' && <p>This browser cannot make sounds.</p>}
        {state !== 'unavailable' && !sound.on && (
          <>
            <p>Alerts are silent on this desk. Switch the sound on and you hear the warning cue once.</p>
            <Button kind="primary" onClick={() => void enable()}>
              Enable sound
            </Button>
          </>
        )}
        {sound.on && state === 'blocked' && (
          <p role="alert" className="sound-blocked">
            <StateMark meaning="attention" /> Sound is blocked by the browser.{' '}
            <button type="button" className="link" onClick={() => void test('warning')}>
              Click to let it sound
            </button>
          </p>
        )}
        {sound.on && (
          <>
            {state === 'ready' && (
              <p className="t2">
                {isQuiet(sound, clockText(now).slice(0, 5))
                  ? 'Quiet hours: no cue sounds now.'
                  : 'Sound is on. Of several tabs one sounds.'}
              </p>
            )}
            <label className="sound-row">
              Volume
              <input
                type="range"
                min={0}
                max={100}
                step={5}
                value={Math.round(sound.volume * 100)}
                onChange={(event) => setSound({ ...sound, volume: Number(event.target.value) / 100 })}
              />
            </label>
            <ul>
              {alertSeverities.toReversed().map((severity) => (
                <li key={severity} className="sound-row">
                  <label>
                    <input
                      type="checkbox"
                      checked={sound.severities[severity]}
                      onChange={(event) =>
                        setSound({
                          ...sound,
                          severities: { ...sound.severities, [severity]: event.target.checked },
                        })
                      }
                    />
                    <StateMark meaning={severityMark[severity]} /> {severityName[severity]}
                    <small>{cueWords[severity]}</small>
                  </label>
                  <Button aria-label={`Test the ${severity} cue`} onClick={() => void test(severity)}>
                    Test
                  </Button>
                </li>
              ))}
            </ul>
            <div className="sound-row">
              <label>
                <input
                  type="checkbox"
                  checked={sound.quiet.on}
                  onChange={(event) =>
                    setSound({ ...sound, quiet: { ...sound.quiet, on: event.target.checked } })
                  }
                />
                Quiet hours
              </label>
              <input
                type="time"
                aria-label="Quiet from"
                disabled={!sound.quiet.on}
                value={sound.quiet.from}
                onChange={(event) =>
                  setSound({ ...sound, quiet: { ...sound.quiet, from: event.target.value } })
                }
              />
              <input
                type="time"
                aria-label="Quiet until"
                disabled={!sound.quiet.on}
                value={sound.quiet.to}
                onChange={(event) =>
                  setSound({ ...sound, quiet: { ...sound.quiet, to: event.target.value } })
                }
              />
            </div>
            <Button kind="quiet" onClick={() => setSound({ ...sound, on: false })}>
              Switch the sound off
            </Button>
          </>
        )}
      </section>
      <section aria-label="Notifications">
        <h3>Notifications of this computer</h3>
        {permission === 'unavailable' && <p>This browser has none.</p>}
        {permission === 'denied' && (
          <p>The browser forbids them for this site; allow them in its site settings, then come back.</p>
        )}
        {permission === 'default' && (
          <>
            <p>Warnings and critical alerts can be shown while Callboard is behind other windows.</p>
            <Button onClick={() => void askPermission()}>Allow notifications</Button>
          </>
        )}
        {permission === 'granted' && (
          <label className="sound-row">
            <span>
              <input
                type="checkbox"
                checked={sound.desktop}
                onChange={(event) => setSound({ ...sound, desktop: event.target.checked })}
              />{' '}
              Show them while Callboard is behind other windows
            </span>
          </label>
        )}
      </section>
    </div>
  )
}
