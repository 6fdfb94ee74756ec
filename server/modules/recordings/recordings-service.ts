// Where the recordings of a company are, for all who ask whether a call has one.
import { join } from 'node:path'
import type { Call } from '#contract/call.ts'
import type { Db } from '#server/db/database.ts'
import { type FoundRecording, findRecording } from '#server/modules/recordings/recording-files.ts'

export interface RecordingsOptions {
  db: Db
  /** Holds a folder for each company, named by its slug. */
  folder: string
}

/** The recording of a call that the asker may see; null when there is none. */
export async function recordingOf(
  { db, folder }: RecordingsOptions,
  companyId: string,
  call: Call,
): Promise<FoundRecording | null> {
  const company = await db
    .selectFrom('companies')
    .select('slug')
    .where('id', '=', companyId)
    .executeTakeFirst()
  return company ? findRecording(join(folder, company.slug), call) : null
}
