import { expect, test } from 'vitest'
import { TelephonyEvent } from '#contract/telephony.ts'
import { asksForHuman, foldLine, saysRecordingNotice } from '#server/domain/spoken-rules.ts'
import { isSaidAgain, keptWords, meaningWords } from '#server/domain/said-again.ts'
import { createAgenda } from '#server/feed/simulator/agenda.ts'
import { library } from '#server/feed/simulator/library.ts'
import type { Floor } from '#server/feed/simulator/live-call.ts'
import { makeCall } from '#server/feed/simulator/make-call.ts'
import { parseScenarios } from '#server/feed/simulator/parse-script.ts'
import { personScript } from '#server/feed/simulator/person-script.ts'
import { beginCall } from '#server/feed/simulator/play-call.ts'
import { createRandom } from '#server/feed/simulator/random.ts'
import { renderLine } from '#server/feed/simulator/render-line.ts'
import type { Branch, BusinessKind, Scenario } from '#server/feed/simulator/scenario.ts'
import { type SceneName, scenes } from '#server/feed/simulator/scene.ts'
import { directory, opening } from '#tests/server/feed/simulator/floor-rig.ts'

const kinds = Object.keys(library) as BusinessKind[]
const all = kinds.flatMap((kind) =>
  library[kind].flatMap((scenario) => scenario.branches.map((branch) => ({ kind, scenario, branch }))),
)

interface Play {
  kind: BusinessKind
  scenario: Scenario
  branch: Branch
  seed: string
  scene?: SceneName
}

/** Plays one call from the first ring to the end and returns what was reported. */
function play({ kind, scenario, branch, seed, scene = 'calm' }: Play): TelephonyEvent[] {
  const agenda = createAgenda()
  const facts: TelephonyEvent[] = []
  let at = opening
  let hasLeft = false
  const calmly = { ...scenes[scene], missed: 0, unanswered: 0, dropped: 0 }
  const floor: Floor = {
    agenda,
    scene: calmly,
    now: () => at,
    after: (ms) => at + ms,
    report: (fact) => void facts.push(TelephonyEvent.parse(fact)),
    leave: () => {
      hasLeft = true
    },
  }
  const business = directory.businesses.find((one) => one.kind === kind)
  const wish = { scenario, branch, business }
  beginCall(floor, makeCall({ id: 'c', n: 1, directory, scene: calmly, random: createRandom(seed), wish }))
  agenda.runUntil(Number.POSITIVE_INFINITY, (due) => {
    at = due
  })
  expect(hasLeft).toBe(true)
  return facts
}

const linesIn = (facts: TelephonyEvent[]) =>
  facts.flatMap((fact) => (fact.event === 'interaction.added' ? [fact.data.interaction] : []))

test('the floor knows at least forty reasons to call, ten or more for each business, each with its own id', () => {
  const scenarios = kinds.flatMap((kind) => library[kind])
  expect(scenarios.length).toBeGreaterThanOrEqual(40)
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length)
  for (const kind of kinds) {
    expect(library[kind].length).toBeGreaterThanOrEqual(10)
    expect(library[kind].some(({ direction }) => direction === 'outbound')).toBe(true)
  }
  expect(scenarios.filter(({ branches }) => branches.length >= 2).length).toBe(scenarios.length)
})

test.each(all)('$scenario.id plays to its end through "$branch.label" with nothing left unfilled', (one) => {
  for (let n = 0; n < 6; n++) {
    const scene = (['calm', 'storm', 'breach', 'cut-line'] as const)[n % 4]
    const facts = play({ ...one, seed: `play ${n}`, ...(scene ? { scene } : {}) })
    const ended = facts.filter(({ event }) => event === 'call.ended')
    expect(ended).toHaveLength(1)
    expect(ended[0]).toMatchObject({ data: { status: one.branch.outcome } })
    const lines = linesIn(facts)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
    expect(lines.length).toBeGreaterThanOrEqual(3)
    for (const { text } of lines) {
      expect(text).not.toMatch(/[{}|]|undefined|NaN|\s{2}/)
      expect(text.length).toBeGreaterThan(1)
    }
    const times = lines.map(({ timestamp }) => Date.parse(timestamp ?? ''))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  }
})

test('a customer line carries the mood of the moment, and moods turn within a call', () => {
  let widest = 0
  for (const one of all) {
    const lines = linesIn(play({ ...one, seed: 'mood' }))
    const moods = lines.flatMap((line) =>
      line.speaker === 'customer' ? [line.sentiment?.score ?? Number.NaN] : [],
    )
    expect(moods.every((score) => score >= 0 && score <= 1)).toBe(true)
    expect(lines.every((line) => line.speaker === 'customer' || line.sentiment === undefined)).toBe(true)
    widest = Math.max(widest, Math.max(...moods) - Math.min(...moods))
  }
  expect(widest).toBeGreaterThan(0.35)
})

test('the server hears what the scripts mean: recording notices, requests for a person, failed tools, hold music', () => {
  const lines = all.flatMap((one, n) => linesIn(play({ ...one, seed: `hear ${n}` })))
  const said = lines.map((line) => foldLine(line.text))
  const openings = all.filter((one, n) => {
    const ai = linesIn(play({ ...one, seed: `hear ${n}` })).filter(({ speaker }) => speaker === 'ai')
    return ai.slice(0, 4).some(({ text }) => saysRecordingNotice(foldLine(text)))
  })
  expect(openings.length / all.length).toBeGreaterThan(0.85)
  expect(
    said.filter((text, n) => lines[n]?.speaker === 'customer' && asksForHuman(text)).length,
  ).toBeGreaterThan(20)
  const again = all.filter((one, n) => {
    const customer = linesIn(play({ ...one, seed: `hear ${n}` })).filter(
      ({ speaker }) => speaker === 'customer',
    )
    const words = customer.map(({ text }) => meaningWords(text))
    return words.some((now, index) =>
      words.slice(Math.max(0, index - 4), index).some((then) => isSaidAgain(now, keptWords(then))),
    )
  })
  expect(again.length).toBeGreaterThan(3)
  expect(again.length).toBeLessThan(all.length / 2)
  expect(lines.some(({ metadata }) => metadata?.tool && metadata.failed === true)).toBe(true)
  expect(lines.some(({ metadata }) => metadata?.tool && metadata.failed === undefined)).toBe(true)
  expect(lines.some(({ metadata }) => metadata?.hold === 'music')).toBe(true)
})

test('what a person says after a hand-over fills every slot as well', () => {
  const random = createRandom('person')
  const business = directory.businesses[0]
  const slots = makeCall({ id: 'c', directory, scene: scenes.calm, random, wish: { business } }).slots
  const parts = [
    ...personScript.greetings,
    ...personScript.goodbyes,
    ...Object.values(personScript.solutions).flat(),
  ]
  const turns = parts.flat().flatMap((step) => (step.kind === 'turn' ? [step.text] : []))
  expect(turns.length).toBeGreaterThan(30)
  for (const text of turns)
    for (let n = 0; n < 5; n++) expect(renderLine(text, slots, random)).not.toMatch(/[{}|]/)
})

test('a script with a line nobody understands is refused with the number of the line', () => {
  expect(() => parseScenarios('# a | inbound | easy | wants help\nC: Hello\nX: what')).toThrow(/line 3/)
  expect(() => parseScenarios('C: Hello')).toThrow(/line 1/)
  expect(() => parseScenarios('# a | sideways | easy | wants help')).toThrow(/line 1/)
  expect(() => renderLine('Hello {nobody}', {}, createRandom('x'))).toThrow(RangeError)
})
