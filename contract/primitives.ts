// The scalar shapes every other part of the contract is made of, with their units.
import { z } from 'zod'

/** Opaque, sortable identifier. Call ids come from outside, so they are unique only together with the company. */
export const Id = z.string().min(1).max(200)
export type Id = z.infer<typeof Id>

/** ISO 8601 instant with zone, e.g. `2026-11-20T14:00:00.000Z`. */
export const Instant = z.iso
  .datetime({ offset: true })
  // The form allows a year 0, which no calendar and no database knows.
  .refine((text) => !text.startsWith('0000'), 'Write a year from 0001.')
export type Instant = z.infer<typeof Instant>

/** E.164 telephone number, e.g. `+12105550142`. */
export const PhoneNumber = z
  .string()
  .regex(/^\+[1-9]\d{1,14}$/, 'Write the number in E.164 form, for example +12105550142.')
export type PhoneNumber = z.infer<typeof PhoneNumber>

/** 0.0 to 1.0. */
export const Ratio = z.number().min(0).max(1)
export type Ratio = z.infer<typeof Ratio>

/** Whole or fractional seconds, never negative. */
export const Seconds = z.number().min(0)

/** How many. */
export const Count = z.number().int().min(0)

/** 0 to 100, two digits behind the point. */
export const Percent = z.number().min(0).max(100)

/** Free-form members a feed or an integration attaches. */
export const Metadata = z.record(z.string(), z.unknown())
export type Metadata = z.infer<typeof Metadata>

/** `true` and `false` as they are written in a query string. */
export const QueryBoolean = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A comma list in a query string, e.g. `pending,in_progress`; one value is a list of one. */
export const commaList = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1))

/** The path of everything under one call. */
export const CallParams = z.object({ call_id: Id })

/** For a `check` over several members: says which of them is at fault, and what to do about it. */
export const faultsOf =
  ({ value, issues }: z.core.ParsePayload) =>
  (field: string, message: string): void =>
    void issues.push({ code: 'custom', path: [field], input: value, message })

/** Page-style paging: `page` from 1, `limit` 1–100 (default 50). */
export const PageQuery = {
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

/** Answered beside every page-style list; all six members are always sent. */
export const Pagination = z
  .object({
    page: z.number().int(),
    limit: z.number().int(),
    total: z.number().int(),
    total_pages: z.number().int(),
    has_next: z.boolean(),
    has_prev: z.boolean(),
  })
  .meta({ id: 'Pagination' })
export type Pagination = z.infer<typeof Pagination>
