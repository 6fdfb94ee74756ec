// Reads the notation the dialogues are written in, so that a scenario file reads like a play.
//
//   # id | inbound | mixed | what the caller wants | tag, tag
//   ~ .4              mood from here on        @book        a shared part
//   C: …   A: …       customer, AI             A!: …        compliance line       C?: …   said on some calls
//   T name: …         a tool's result          T! name: …   the tool failed       H 30: … hold music, seconds
//   . 18              silence, seconds         +            a side talk fits here
//   == 3 booked       a branch with its weight              == 1 lost -> failed: why
import type { Speaker } from '#contract/call.ts'
import type { Branch, Scenario, Step, Tone, Turn } from '#server/feed/simulator/scenario.ts'

const tones: readonly string[] = ['easy', 'mixed', 'angry', 'short']
const optionalWords = { '!': { isCompliance: true }, '?': { isOptional: true } } as const
const openingMood = 0.55

function parseStep(line: string, mood: number): Step | undefined {
  if (line === '+') return { kind: 'aside' }
  if (line.startsWith('@')) return { kind: 'part', name: line.slice(1), mood }
  const silence = /^\. (\d+)$/.exec(line)
  if (silence) return { kind: 'silence', seconds: Number(silence[1]) }
  const said = /^([AC])([!?]?): (.+)$/.exec(line)
  if (said) {
    const speaker: Speaker = said[1] === 'A' ? 'ai' : 'customer'
    const mark = optionalWords[said[2] as keyof typeof optionalWords]
    return { kind: 'turn', speaker, text: said[3] ?? '', mood, ...mark }
  }
  const system: Turn = { kind: 'turn', speaker: 'system', text: '', mood }
  const tool = /^T(!?) (\w+): (.+)$/.exec(line)
  if (tool) return { ...system, text: tool[3] ?? '', tool: tool[2] ?? '', hasFailed: tool[1] === '!' }
  const hold = /^H (\d+): (.+)$/.exec(line)
  if (hold) return { ...system, text: hold[2] ?? '', holdSeconds: Number(hold[1]) }
  return undefined
}

function parseBranch(line: string): (Branch & { steps: Step[] }) | undefined {
  const found = /^== ([\d.]+) ([\w-]+)(?: -> failed: (.+))?$/.exec(line)
  if (!found) return undefined
  const branch = { label: found[2] ?? '', weight: Number(found[1]), steps: [] }
  return found[3] ? { ...branch, outcome: 'failed', reason: found[3] } : { ...branch, outcome: 'completed' }
}

function parseHead(line: string): (Scenario & { opening: Step[]; branches: Branch[] }) | undefined {
  const [id, direction, tone, intent, tags] = line.slice(2).split(' | ')
  if (!id || (direction !== 'inbound' && direction !== 'outbound') || !intent) return undefined
  if (!tone || !tones.includes(tone)) return undefined
  const words = tags ? tags.split(', ') : []
  return { id, direction, tone: tone as Tone, intent, tags: words, opening: [], branches: [] }
}

const written = (script: string) =>
  script.split('\n').flatMap((text, index) => (text.trim() ? [{ line: text.trim(), number: index + 1 }] : []))

/** Reads scenarios. Throws SyntaxError with the line's number when a line is not understood. */
export function parseScenarios(script: string): Scenario[] {
  const scenarios: (Scenario & { opening: Step[]; branches: Branch[] })[] = []
  let steps: Step[] = []
  let mood = openingMood
  let moodAtFork = openingMood
  for (const { line, number } of written(script)) {
    const fault = () => new SyntaxError(`script line ${number} is not understood: ${line}`)
    const scenario = scenarios.at(-1)
    if (line.startsWith('# ')) {
      const head = parseHead(line)
      if (!head) throw fault()
      scenarios.push(head)
      steps = head.opening
      mood = moodAtFork = openingMood
    } else if (!scenario) throw fault()
    else if (line.startsWith('== ')) {
      const branch = parseBranch(line)
      if (!branch) throw fault()
      if (scenario.branches.length === 0) moodAtFork = mood
      mood = moodAtFork
      scenario.branches.push(branch)
      steps = branch.steps
    } else if (line.startsWith('~ ')) mood = Number(line.slice(2))
    else {
      const step = parseStep(line, mood)
      if (!step || !(mood >= 0 && mood <= 1)) throw fault()
      steps.push(step)
    }
  }
  return scenarios
}

/** Reads parts, each headed `## name`; the same name again is another variant. Throws SyntaxError like `parseScenarios`. */
export function parseParts(script: string): Map<string, Step[][]> {
  const parts = new Map<string, Step[][]>()
  let steps: Step[] | undefined
  let mood = openingMood
  for (const { line, number } of written(script)) {
    if (line.startsWith('## ')) {
      const name = line.slice(3)
      steps = []
      // NaN: the part takes the mood of the place it is put in.
      mood = Number.NaN
      parts.set(name, [...(parts.get(name) ?? []), steps])
    } else if (line.startsWith('~ ')) mood = Number(line.slice(2))
    else {
      const step = parseStep(line, mood)
      if (!step || !steps) throw new SyntaxError(`part line ${number} is not understood: ${line}`)
      steps.push(step)
    }
  }
  return parts
}
