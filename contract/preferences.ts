// What a person chose for themselves, kept on the server so that it follows them to every machine.
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { Instant } from '#contract/primitives.ts'

/** Characters of JSON that one preference may take, and how many a person may have. */
export const preferenceLimits = { chars: 16_000, count: 64 } as const

/** `density`, `theme`, `columns`, `sound`, `keys`, `zone`, and whatever comes later: each is JSON that its owner understands. */
export const PreferenceKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use up to 40 small letters, digits and hyphens.')

const PreferenceValue = z
  .unknown()
  .refine((value) => value !== undefined, 'This is required.')
  .refine(
    (value) => (JSON.stringify(value) ?? '').length <= preferenceLimits.chars,
    `This is longer than ${preferenceLimits.chars.toLocaleString('en-US')} characters of JSON.`,
  )

/** A person's preferences by key. A null value means that the choice was taken back. */
export const Preferences = z
  .object({
    preferences: z.record(z.string(), z.object({ value: z.unknown(), changed_at: Instant })),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.infer<typeof Preferences>

export const preferencesGet = endpoint({
  id: 'preferences-get',
  summary: "The signed-in person's preferences",
  method: 'GET',
  path: '/api/v1/me/preferences',
  capability: 'signed-in',
  responses: { 200: Preferences },
})

/**
 * Key by key the last to choose wins: a change that is older than what is kept changes nothing. The answer holds, for each
 * key sent, what is kept now. Keys that are not sent stay as they are.
 */
export const preferencesChange = endpoint({
  id: 'preferences-change',
  summary: 'Change preferences of the signed-in person, key by key',
  method: 'PATCH',
  path: '/api/v1/me/preferences',
  capability: 'signed-in',
  body: z.object({
    preferences: z
      .record(
        PreferenceKey,
        z.object({
          value: PreferenceValue,
          /** Seconds since it was chosen, for a change that was made without a network. Clocks need not agree. */
          age: z.number().min(0).max(1e9).default(0),
        }),
      )
      .refine(
        (changes) => Object.keys(changes).length <= preferenceLimits.count,
        'These are too many at once.',
      ),
  }),
  responses: { 200: Preferences },
  errors: ['CONFLICT'],
  retry: true,
})
