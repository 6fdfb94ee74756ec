// A replay over a file written for the test, with an ingest that keeps what it is told and can be away for a while.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TelephonyEvent } from '#contract/telephony.ts'
import { type Fact, callIdOf } from '#server/domain/fact.ts'
import { type ReplayOptions, createReplay } from '#server/feed/replay/create-replay.ts'
import { type FactBatch, IngestUnavailable } from '#server/ingest/port.ts'
import { handClock } from '#tests/server/feed/replay/hand-clock.ts'

export async function fileWith(text: string, name = 'recordings.txt'): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'replay-')), name)
  await writeFile(file, text)
  return file
}

/** A dialogue of `turns` short turns in the tab-separated form. */
export function dialogue(turns: number, name = 'roof'): string {
  const rows = Array.from({ length: turns }, (_, turn) =>
    turn % 2 === 0
      ? `USER\tMy ${name} needs a look ${turn}.\tINFORM\t3,3`
      : `SYSTEM\tSure, I note the ${name}.\tOFFER\t`,
  )
  return [...rows, 'USER\tOVERALL\t\t3,3'].join('\n')
}

export async function replayOf(text: string, options: Partial<ReplayOptions> = {}) {
  const time = handClock()
  const batches: FactBatch[] = []
  const logged: unknown[] = []
  const state = { away: false }
  const replay = createReplay({
    clock: time.clock,
    companyId: 'demo',
    businesses: [{ id: 'roofing', name: 'Alamo Roofing', phoneNumber: '+12105550142', aiName: 'Ava' }],
    file: await fileWith(text),
    loop: false,
    log: { info: (...line: unknown[]) => logged.push(line), warn: (...line: unknown[]) => logged.push(line) },
    ...options,
    ingest: {
      async submit(batch) {
        if (state.away) throw new IngestUnavailable('away')
        for (const fact of batch.facts) TelephonyEvent.parse(fact)
        batches.push(batch)
        return { duplicate: false, entries: [] }
      },
    },
  })
  const facts = () => batches.flatMap((batch) => batch.facts)
  return {
    replay,
    time,
    state,
    logged,
    facts,
    of: (event: Fact['event']) => facts().filter((fact) => fact.event === event),
    callIds: () => [...new Set(facts().map(callIdOf))],
    lines: () =>
      facts().flatMap((fact) => (fact.event === 'interaction.added' ? [fact.data.interaction] : [])),
  }
}
