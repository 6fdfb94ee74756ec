// What `npm run seed` is asked for, read from its arguments.
import { parseArgs } from 'node:util'
import { isZone } from '#server/feed/history/local-clock.ts'

export interface HistoryWish {
  /** Id, address or name of the company; absent means the demo. */
  company: string | undefined
  days: number
  calls: number
  /** Mean length of an ordinary talk, seconds. */
  talk: number
  /** IANA name; people live by its clocks. Absent means the company's, or Chicago's where it has none. */
  zone: string | undefined
  /** The same seed, days, calls, zone and end give the same past. */
  seed: string
  /** End of the past, epoch ms; absent means now, or where an interrupted run ends. */
  until: number | undefined
  /** Calls are there already, and these come beside them. */
  append: boolean
}

/** Thrown with words for the terminal when there is nothing to be done until something is put right. */
export class HistoryRefused extends Error {
  override name = 'HistoryRefused'
}

export const historyUsage = `npm run seed -- [--days 90] [--calls 20000] [--company demo] [--zone America/Chicago]
                [--talk 270] [--seed callboard] [--until 2026-03-01T17:00:00Z] [--append]
Fills the past with calls, as the simulator would have played them. DATABASE_URL and DATA_DIR say where, as for the server.
The same command again goes on where it was interrupted. --append puts the calls beside others that are there.
--zone says by whose clocks people call and work; without it, those of the company, or America/Chicago where it has no zone. The demo, and
a company without a zone, gets the zone that is said: its days on the pages of calls and analytics are then those of the past. Another
company keeps its own.`

const most = { days: 1830, calls: 5_000_000, talk: 1200 }
const least = { days: 1, calls: 1, talk: 60 }

const examples = { days: 90, calls: 20_000, talk: 240 }

function whole(name: keyof typeof most, text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least[name] && value <= most[name]) return value
  throw new HistoryRefused(
    `--${name}: write a whole number from ${least[name]} to ${most[name].toLocaleString('en-US')}, such as ${examples[name]}.`,
  )
}

function instant(text: string, now: number): number {
  const at = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(at))
    throw new HistoryRefused('--until: write an instant with its zone, such as 2026-03-01T17:00:00Z.')
  if (at > now) throw new HistoryRefused('--until: the past ends now at the latest.')
  return at
}

/** Reads the arguments; null when help is asked for. `now` in epoch ms. Throws `HistoryRefused` naming the one that will not do. */
export function readHistoryWish(args: readonly string[], now: number): HistoryWish | null {
  let values: ReturnType<typeof parseFlags>
  try {
    values = parseFlags(args)
  } catch (error) {
    throw new HistoryRefused(`${(error as Error).message}\n\n${historyUsage}`)
  }
  if (values.help) return null
  if (values.zone !== undefined && !isZone(values.zone))
    throw new HistoryRefused('--zone: write the name of a time zone, such as America/Chicago.')
  if (values.seed === '' || values.seed.length > 200)
    throw new HistoryRefused('--seed: write 1 to 200 characters.')
  return {
    company: values.company,
    days: whole('days', values.days),
    calls: whole('calls', values.calls),
    talk: whole('talk', values.talk),
    zone: values.zone,
    seed: values.seed,
    until: values.until === undefined ? undefined : instant(values.until, now),
    append: values.append,
  }
}

function parseFlags(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      company: { type: 'string' },
      days: { type: 'string', default: '90' },
      calls: { type: 'string', default: '20000' },
      talk: { type: 'string', default: '270' },
      zone: { type: 'string' },
      seed: { type: 'string', default: 'callboard' },
      until: { type: 'string' },
      append: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }).values
}
