// What counts as a recording notice, a request for a person, an apology …: the wording rules signals and QA share.

import { ofLastLine } from '#server/domain/of-last-line.ts'

/** Rules look at a line's first 2,000 characters. */
const ruledChars = 2000

/** A line as the patterns below expect it: lower case, straight apostrophes, single spaces. */
export const foldLine = ofLastLine((text) =>
  text.slice(0, ruledChars).toLowerCase().replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim(),
)

const recordingNotice =
  /\b(?:call|line|conversation|calls|lines|conversations)\b[^.?!]{0,40}\b(?:recorded|monitored|recording)\b|\b(?:recorded|recording|monitored) (?:line|call|for|this)\b|\bwe(?:'re| are| do| may)? record(?:ing)?\b/

/** The line tells the customer that the call is recorded. Takes a folded line. */
export function saysRecordingNotice(folded: string): boolean {
  return recordingNotice.test(folded)
}

const someone = String.raw`(?:(?:real|actual|live|human|different|senior|other) )*(?:persons?|people|humans?|human being|representatives?|reps?|agents?|managers?|supervisors?|operators?|dispatchers?|somebody|someone|boss|owner|rep)`
const reach = String.raw`(?:speak|talk|speaking|talking|connect(?:ed)?|transfer(?:red)?|put|get|give|want|need|have|reach|find|pass|switch|like)`
const requests: readonly RegExp[] = [
  // "Can I talk to a real person", "get me a manager", "transfer me to your supervisor".
  new RegExp(
    String.raw`\b${reach}\b(?: me| us)?(?: (?:to|with|over|through|on|onto))*(?: (?:a|an|the|your|another|any|some|one of your))? (?:(?:real|actual|live|human|different|senior|other) )*(?:persons?|humans?|human being|representatives?|reps?|agents?|managers?|supervisors?|operators?|people)\b(?! (?:who|that|from|came|is|was|lives|living|in|i (?:spoke|talked)|said|told|installed))`,
  ),
  new RegExp(
    String.raw`\b(?:speak|talk|speaking|talking) (?:to|with) (?:someone|somebody|anyone|anybody)(?: (?:real|human|else|in charge|higher|senior|there|please|now|instead|who (?:is|can|actually|knows)|with authority)\b|[.?!,]|$)`,
  ),
  /\b(?:someone|somebody|anyone) (?:real|human)\b/,
  new RegExp(
    String.raw`^\W*(?:(?:no|just|please|a|an|your|the|get me),? )*${someone}(?:,? (?:please|now))*\W*$`,
  ),
  /\bis there (?:a|an|any|some)?(?: )?(?:real |actual |live )?(?:person|human|representative|rep|manager|supervisor|operator|one|body)(?: there)? (?:i|we) (?:can|could) (?:talk|speak)/,
]
const machineTalk =
  /\b(?:talk|talking|speak|speaking|deal|dealing) (?:to|with) (?:a |an |the |this |some )?(?:robot|machine|bot|computer|ai|recording|chatbot)\b/
const noRequest: readonly RegExp[] = [
  // "I don't need a person", "no need to get a manager"; but "I don't want to talk to a robot" is one.
  /\b(?:don't|do not|didn't|no need to|not) (?:want|need|have|like|get)?(?: to)? ?(?:talk|speak|get|have|be|transferred)?(?: (?:to|with))?(?: (?:a|an|the|your|any))? ?(?:person|human|representative|rep|manager|supervisor|agent|operator)\b/,
  /\b(?:insurance|real estate|estate|leasing|rental|property|travel|office|building|site|project|store|case|listing) (?:agents?|managers?|reps?|representatives?|people|persons?)\b/,
  /\b(?:am i|are you|is this|i'm) (?:talking|speaking)?(?: (?:to|with))? ?(?:a|an|the) (?:real |actual )?(?:person|human|robot|bot|machine|ai)\b/,
  /\b(?:have|need|want|like|put) (?:a|an|the|another|one)? ?(?:\d+ )?(?:person|people) (?:to|at|home|in|who|coming|on)\b/,
]
const wantsNoMachine =
  /\b(?:don't|do not|not|stop|tired of|sick of|hate|instead of|rather than)\b.*\b(?:robot|machine|bot|computer|ai|recording|chatbot)\b/

/** Every request names one of these: most lines are dismissed by this alone. */
const hint =
  /person|human|people|repres|\breps?\b|agent|manager|supervis|operator|dispatch|someone|somebody|any(?:one|body)|no ?one|boss|owner|robot|machine|\bbot\b|chatbot|computer|\bai\b|recording/

/** The customer asks for a person instead of the AI. Takes a folded line. */
export function asksForHuman(folded: string): boolean {
  if (!hint.test(folded)) return false
  if (machineTalk.test(folded) && wantsNoMachine.test(folded)) return true
  if (noRequest.some((rule) => rule.test(folded))) return false
  return requests.some((rule) => rule.test(folded))
}

/** A name in words: `book_appointment` reads "Book appointment". */
export function toolName(metadata: Record<string, unknown>): string {
  const raw = typeof metadata.tool === 'string' && metadata.tool !== '' ? metadata.tool : 'A tool'
  const words = raw
    .slice(0, 60)
    .replace(/[_\-.]+/g, ' ')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
