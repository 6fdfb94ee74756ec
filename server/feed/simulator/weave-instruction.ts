// How the AI follows a supervisor's instruction: it says so in its own words, keeps to it, and comes back to it.
import type { Random } from '#server/feed/simulator/random.ts'

export interface Instruction {
  commandId: string
  /** The first line that follows it. */
  opening: string
  /** What later lines come back to; absent when there is nothing to repeat. */
  reminder?: string | undefined
  bansPrices: boolean
  /** Lines of the AI since it was given; 0 until the first line followed it. */
  linesSince: number
}

const lead =
  /^(?:(?:please|kindly|now|from now on,?|always|just|try to|be sure to|make sure (?:to|you)|you (?:should|must|need to|can)|the (?:ai|agent|bot) (?:should|must)|ava,?)\s+)+/i

const verbs = new Set(
  'accept add apologize apologise arrange ask assure book calm check close come confirm connect continue credit emphasize end escalate explain extend find finish focus follow fix get give go handle help hold honor include keep listen lower make match mention move offer open pass prioritize proceed promise propose provide read reassure recommend reduce refund remind remove repeat reschedule return review schedule send set share show slow start stay suggest summarize switch take talk thank try transfer use verify wait waive walk wrap'.split(
    ' ',
  ),
)

/** The instruction as it sounds when said to the customer instead of about the customer. */
function toCustomer(text: string): string {
  return text
    .replace(/\b(?:the |this )?(?:customer|caller|client)(?:'s|’s)/gi, 'your')
    .replace(/\b(?:to |for |with )?(?:the |this )(?:customer|caller|client)\b/gi, (found) => {
      const word = /^(to|for|with) /i.exec(found)?.[0] ?? ''
      return `${word}you`
    })
    .replace(/\b(?:his|their)\b/gi, 'your')
    .replace(/\b(?:he|she) is\b|\bthey are\b|\bthey're\b/gi, 'you are')
    .replace(/\b(?:him|them|he|she|they)\b/gi, 'you')
    .replace(/\bher\b(?= \w)/gi, 'your')
}

const lowerFirst = (text: string) =>
  /^[A-Z][a-z']/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

// Nobody reads a page of instructions aloud.
const spokenChars = 400

type Reading = Pick<Instruction, 'opening' | 'reminder'>

function readManner(clause: string): Reading | undefined {
  if (/spanish|español/i.test(clause))
    return { opening: 'Claro que sí, seguimos en español.', reminder: 'estoy aquí para ayudarle' }
  const manner = /^(?:be|sound|stay|remain|act)\s+(.+)$/i.exec(clause)?.[1]
  if (!manner && !/empath|sympath/i.test(clause)) return undefined
  if (/empath|sympath|kind|warm|understand|patient|gentle/i.test(manner ?? clause))
    return {
      opening: 'I understand how you feel, and I want to get this right for you.',
      reminder: "I'm here for you",
    }
  if (/brief|short|concise|quick/i.test(manner ?? ''))
    return { opening: "I'll keep this brief.", reminder: undefined }
  return { opening: `Let me be ${manner}.`, reminder: undefined }
}

function read(text: string): Reading {
  const clause = toCustomer(
    text
      .trim()
      .replace(lead, '')
      .replace(/[.!\s]+$/, ''),
  )
  const manner = readManner(clause)
  if (manner) return manner
  const said = /^(?:say|tell you|mention|let you know|inform you)(?: that)?[:,]?\s+["“]?(.+?)["”]?$/i.exec(
    clause,
  )?.[1]
  if (said) return { opening: `${upperFirst(said)}.`, reminder: lowerFirst(said) }
  const asked = /^ask(?: you)?\s+(.+?)\??$/i.exec(clause)?.[1]
  if (asked) return { opening: `May I ask ${asked}?`, reminder: undefined }
  const banned = /^(?:do not|don't|don’t|never|no longer)\s+(.+)$/i.exec(clause)?.[1]
  if (banned) return { opening: `All right, I won't ${banned}.`, reminder: undefined }
  const left = /^(stop|avoid|quit|skip)\s+(.+)$/i.exec(clause)
  if (left)
    return { opening: `All right, I'll ${lowerFirst(left[1] ?? '')} ${left[2]}.`, reminder: undefined }
  const [verb = ''] = clause.toLowerCase().split(/\W/)
  if (verbs.has(verb))
    return { opening: `Let me ${lowerFirst(clause)}.`, reminder: `I'll ${lowerFirst(clause)}` }
  return { opening: `One thing before we go on: ${lowerFirst(clause)}.`, reminder: lowerFirst(clause) }
}

/** What the AI makes of an instruction in free text. */
export function readInstruction(commandId: string, text: string): Instruction {
  const isBan = /\b(?:don't|don’t|do not|never|no|stop|avoid|without)\b/i.test(text)
  return {
    commandId,
    ...read(text.replace(/\s+/g, ' ').slice(0, spokenChars)),
    bansPrices: isBan && /\b(?:prices?|pricing|quot\w*|costs?|estimates?|numbers?|amounts?)\b/i.test(text),
    linesSince: 0,
  }
}

const withoutPrice = [
  'The technician will go over the price with you on site.',
  "I'd rather have the technician give you the exact figure.",
  'Let me leave the numbers to the written quote.',
]
const reminderLines = [3, 7, 12]

/** A line of the script as it is said while the instruction holds. */
export function weaveLine(instruction: Instruction, line: string, random: Random): string {
  const { bansPrices, reminder, linesSince } = instruction
  const kept = bansPrices && /\$\d|\bprice|\bestimate/i.test(line) ? random.pick(withoutPrice) : line
  if (!reminder || !reminderLines.includes(linesSince)) return kept
  return `${kept} ${random.pick(['And as I said,', 'And again,', 'Remember,'])} ${reminder}.`
}
