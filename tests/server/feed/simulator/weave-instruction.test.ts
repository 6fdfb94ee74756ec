import { expect, test } from 'vitest'
import { createRandom } from '#server/feed/simulator/random.ts'
import { readInstruction, weaveLine } from '#server/feed/simulator/weave-instruction.ts'

test.each([
  ['Offer the customer a 10% discount.', 'Let me offer you a 10% discount.'],
  ['Please apologize for the delay and waive the fee', 'Let me apologize for the delay and waive the fee.'],
  ['You should confirm their address', 'Let me confirm your address.'],
  ["Don't quote any prices", "All right, I won't quote any prices."],
  ['Stop asking for the zip code', "All right, I'll stop asking for the zip code."],
  ['Ask whether they are home on Friday', 'May I ask whether you are home on Friday?'],
  ['Tell the customer that a crew is on its way', 'A crew is on its way.'],
  ['Be more empathetic', 'I understand how you feel, and I want to get this right for you.'],
  ['Speak Spanish', 'Claro que sí, seguimos en español.'],
  ['Storm rates apply this week', 'One thing before we go on: storm rates apply this week.'],
])('told "%s", the AI says "%s"', (told, said) => {
  expect(readInstruction('c', told).opening).toBe(said)
})

test('an AI told not to speak of prices names none', () => {
  const instruction = readInstruction('c', 'Do not quote prices')
  for (const linesSince of [1, 2, 3, 8]) {
    const line = weaveLine({ ...instruction, linesSince }, 'That comes to $420.', createRandom('x'))
    expect(line).not.toContain('$')
  }
  expect(weaveLine({ ...instruction, linesSince: 1 }, 'Which day suits you?', createRandom('x'))).toBe(
    'Which day suits you?',
  )
})
