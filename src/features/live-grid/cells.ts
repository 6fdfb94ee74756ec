// One painter per column: builds its cell once, then writes what changed of the call it is given. A new column ends here.
import { levelOf } from '#contract/attention-order.ts'
import type { Call } from '#contract/call.ts'
import { isLive, qaBand } from '#contract/call-rules.ts'
import { advanceMood } from '#contract/mood.ts'
import { formatDuration } from '#src/lib/duration.ts'
import { formatPhone } from '#src/lib/format.ts'
import {
  callerName,
  callerNumber,
  meaningOf,
  reasonWords,
  speakerWords,
  stateWords,
} from '#src/floor/call-words.ts'
import type { ColumnId } from '#src/floor/view.ts'
import { actChip } from '#src/features/live-grid/act-chip.ts'
import { marks } from '#src/features/live-grid/marks-cell.ts'
import type { PaintCell } from '#src/features/live-grid/paint-cell.ts'
import { drawMark, drawMood, drawPips, drawSpark } from '#src/features/live-grid/draw.ts'
import { clockText } from '#src/ui/clock-text.ts'
import { attributeWriter, put, putSvg, shownWriter, textWriter } from '#src/ui/write.ts'

/** The dash of a value that is not there. */
function drawNone(cell: Element): (isNone: boolean) => void {
  const dash = put(cell, 'span', 'grid-none')
  dash.setAttribute('aria-label', 'none')
  return shownWriter(dash)
}

/** A cell that is one text. */
const plain =
  (className: string, text: (call: Call) => string) =>
  (cell: Element): PaintCell => {
    const write = textWriter(put(cell, 'span', className))
    return ({ call }) => write(text(call))
  }

const inboundArrow = 'M10 2 3 9M3 3.5V9h5.5'
const outboundArrow = 'M2 10 9 3M3.5 3H9v5.5'

function direction(cell: Element): PaintCell {
  const arrow = putSvg(cell, 'svg', { class: 'grid-direction', viewBox: '0 0 12 12', role: 'img' })
  const title = textWriter(putSvg(arrow, 'title'))
  const path = attributeWriter(putSvg(arrow, 'path'), 'd')
  const name = attributeWriter(arrow, 'aria-label')
  return ({ call }) => {
    const label = call.direction === 'inbound' ? 'Inbound' : 'Outbound'
    title(label)
    name(label)
    path(call.direction === 'inbound' ? inboundArrow : outboundArrow)
  }
}

function from(cell: Element): PaintCell {
  const bold = put(cell, 'b', 'clip')
  bold.dir = 'auto'
  const name = textWriter(bold)
  const number = textWriter(put(cell, 'i', 'clip'))
  return ({ call }) => {
    name(callerName(call))
    number(callerNumber(call))
  }
}

function lastLine(cell: Element): PaintCell {
  const reason = textWriter(put(cell, 'b', 'clip'))
  const said = put(cell, 'i', 'clip')
  const chip = put(said, 'span', 'grid-act')
  const [act, actShown, actTitle, actState] = [
    textWriter(chip),
    shownWriter(chip),
    attributeWriter(chip, 'title'),
    attributeWriter(chip, 'data-state'),
  ]
  const who = put(said, 'em')
  const [speaker, speakerShown] = [textWriter(who), shownWriter(who)]
  const text = textWriter(put(said, 'bdi'))
  return ({ call, news, now }) => {
    const shown = actChip(call, news.act, now)
    reason(reasonWords(call, now))
    actShown(shown !== null)
    act(shown?.text ?? '')
    actTitle(shown?.title ?? null)
    actState(shown?.state ?? null)
    const line = call.last_line
    speakerShown(line !== undefined)
    speaker(line ? speakerWords(line, call) : '')
    text(line?.text ?? 'No conversation yet.')
  }
}

/** Values of the mood line move on every five seconds. */
const moodStepMs = 5000

function sentiment(cell: Element): PaintCell {
  const none = drawNone(cell)
  const spark = drawSpark(cell)
  const mood = drawMood(cell)
  let drawn: { mood: unknown; step: number; values: readonly (number | null)[] } | null = null
  return ({ call, now }) => {
    const { sentiment_score: score, mood: values, mood_at: at } = call
    none(score === undefined)
    mood(score)
    if (score === undefined || !values || !at) return spark(null)
    const step = isLive(call.status) ? Math.floor(now / moodStepMs) : 0
    if (drawn?.mood !== values || drawn.step !== step) {
      const line = { values, endsAt: Date.parse(at) }
      drawn = { mood: values, step, values: step > 0 ? advanceMood(line, step * moodStepMs).values : values }
    }
    spark(drawn.values)
  }
}

const second = (ms: number): number => Math.floor(ms / 1000) * 1000

function duration(cell: Element): PaintCell {
  const text = textWriter(put(cell, 'span'))
  return ({ call, now }) => {
    const lasted = isLive(call.status) ? undefined : call.duration_seconds
    text(formatDuration(lasted === undefined ? second(now) - Date.parse(call.started_at) : lasted * 1000))
  }
}

function escalationWords(call: Call): string {
  const { escalation_status: status, signals, assigned_agent: agent } = call
  if (status === 'pending')
    return signals?.escalated_to ? `Asking ${signals.escalated_to}` : 'No one asked yet'
  if (status === 'in_progress') return agent?.name ? `With ${agent.name}` : 'With a person'
  return 'Handed back'
}

function escalation(cell: Element): PaintCell {
  const none = drawNone(cell)
  const bold = put(cell, 'b')
  const [words, boldClass, boldShown] = [textWriter(bold), attributeWriter(bold, 'class'), shownWriter(bold)]
  const steps = put(cell, 'i', 'grid-steps')
  const stepsShown = shownWriter(steps)
  const pips = drawPips(steps)
  const waiting = put(steps, 'span')
  const [waited, waitedShown] = [textWriter(waiting), shownWriter(waiting)]
  return ({ call, now }) => {
    const status = call.escalation_status
    none(!status)
    boldShown(Boolean(status))
    stepsShown(Boolean(status))
    // What is out of sight is emptied too: the cell was another call's before.
    if (!status) {
      words('')
      waited('')
      return
    }
    const isHuman = status !== 'pending'
    boldClass(isHuman ? 'clip tx-human' : 'clip')
    words(escalationWords(call))
    pips({
      done: status === 'pending' ? 1 : status === 'in_progress' ? 2 : 3,
      current: status !== 'completed',
      meaning: isHuman ? 'human' : 'act',
    })
    const since = status === 'pending' ? call.signals?.escalated_since : undefined
    waitedShown(since !== undefined)
    waited(since === undefined ? '' : formatDuration(second(now) - Date.parse(since)))
  }
}

function agent(cell: Element): PaintCell {
  const bold = put(cell, 'b')
  const [name, nameClass] = [textWriter(bold), attributeWriter(bold, 'class')]
  const under = put(cell, 'i')
  const [state, stateClass] = [textWriter(under), attributeWriter(under, 'class')]
  return ({ call }) => {
    const human =
      call.escalation_status === 'in_progress' ? (call.assigned_agent?.name ?? 'A person') : undefined
    const isPaused = call.ai_paused === true && isLive(call.status)
    nameClass(human ? 'clip tx-human' : 'clip t2')
    name(human ?? call.ai_name ?? 'AI')
    stateClass(isPaused ? 'clip tx-attention' : 'clip')
    state(isPaused ? 'AI paused' : (call.business_name ?? ''))
  }
}

/** A score below this is said in the colour of attention, percent. */
const lowQa = 60

function qa(cell: Element): PaintCell {
  const none = drawNone(cell)
  const score = put(cell, 'span')
  const shown = shownWriter(score)
  const [text, className, title] = [
    textWriter(score),
    attributeWriter(score, 'class'),
    attributeWriter(score, 'title'),
  ]
  return ({ call: { qa_score: value } }) => {
    none(value === undefined)
    shown(value !== undefined)
    if (value === undefined) {
      text('')
      return
    }
    const percent = Math.round(value * 100)
    className(percent < lowQa ? 'tx-attention' : 't3')
    title(`QA ${qaBand(value)}`)
    text(String(percent))
  }
}

function attention(cell: Element): PaintCell {
  const points = put(cell, 'span')
  points.setAttribute('role', 'img')
  const [className, label] = [attributeWriter(points, 'class'), attributeWriter(points, 'aria-label')]
  const score = textWriter(points)
  return ({ call }) => {
    const now = levelOf(call)
    const value = String(call.attention?.score ?? 0)
    className(now === 'act' ? 'tx-act' : now === 'watch' ? 't1' : 't3')
    label(`${value}, ${now}`)
    score(value)
  }
}

export const cells: Record<ColumnId, (cell: Element) => PaintCell> = {
  status(cell) {
    const mark = drawMark(cell)
    return ({ call }) => mark(meaningOf(call), stateWords(call))
  },
  direction,
  from,
  marks,
  to: plain('clip', (call) => formatPhone(call.to_number)),
  last_line: lastLine,
  sentiment,
  duration,
  escalation,
  agent,
  business: plain('clip t2', (call) => call.business_name ?? ''),
  qa,
  started: plain('t3', (call) => clockText(Date.parse(call.started_at))),
  attention,
}

/** Columns whose text goes on with the clock. */
export const clockColumns: ReadonlySet<ColumnId> = new Set([
  'duration',
  'escalation',
  'last_line',
  'sentiment',
])
