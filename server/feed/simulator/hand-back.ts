// The person is done and the AI goes on: it says what was promised, asks whether that was all, and says goodbye.
import { promisesIn } from '#server/domain/briefing.ts'
import { reportEscalation, reportUpdated } from '#server/feed/simulator/call-facts.ts'
import type { Floor, LiveCall } from '#server/feed/simulator/live-call.ts'
import type { Beat } from '#server/feed/simulator/plan-call.ts'
import { goOn, makeBeat } from '#server/feed/simulator/play-call.ts'

const mostPromises = 3

/** The AI takes the call back; `opening` is its first line. */
export function resumeAfterPerson(floor: Floor, call: LiveCall, opening: Beat): void {
  call.person = undefined
  call.state = 'talking'
  const turns: [Beat['speaker'], string][] = [
    ['customer', "{Yes, that's right.|Exactly, thank you.|Okay, good.}"],
    ['ai', '{Is there anything else I can do for you?|Anything else you need from us today?}'],
    ['customer', "{No, that's all. Thanks.|No, you've both been a great help.|That was it, bye.}"],
    ['ai', '{Thank you for calling {business}. Have a good day.|Thanks, {first}. Goodbye.}'],
  ]
  call.script = [opening, ...turns.map(([speaker, text]) => makeBeat(call, speaker, text, { mood: 0.72 }))]
  call.next = 0
  call.first = []
  call.afterPause = []
  reportUpdated(floor, call, { answered_by: 'ai', ai_paused: false })
  goOn(floor, call)
}

/** The person hands back by themself, with what they said they would do. */
export function handBack(floor: Floor, call: LiveCall): void {
  const who = call.person?.name ?? 'My colleague'
  const promised = (call.personSaid ?? []).flatMap(promisesIn).slice(-mostPromises)
  reportEscalation(floor, call, 'escalation.completed', {
    status: 'completed',
    transfer: { state: 'bridged', promised },
  })
  const told =
    promised.length > 0 ? ` ${who} told you: ${promised.join(' ')}` : ` ${who} has passed on the notes.`
  const opening = makeBeat(call, 'ai', `I'm back with you.${told}`, { isVerbatim: true })
  resumeAfterPerson(floor, call, opening)
}
