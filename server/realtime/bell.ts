// Several nodes on one database: Redis carries "company X has news up to n" from node to node. The log stays the truth;
// a bell that is lost costs at most one poll interval.
import { createClient } from 'redis'

export interface Bell {
  /** Tells the other nodes; never rejects and never waits. */
  ring(companyId: string, head: number): void
  /** Rejects when Redis does not answer. */
  check(): Promise<unknown>
  close(): Promise<void>
}

export interface BellOptions {
  url: string
  onNews: (companyId: string, head: number) => void
  onError: (error: unknown) => void
}

const channel = 'callboard:news'

/** Connects both ways. Rejects when Redis does not answer at the start; later outages heal by themselves. */
export async function createBell({ url, onNews, onError }: BellOptions): Promise<Bell> {
  const talker = createClient({ url })
  const listener = talker.duplicate()
  for (const client of [talker, listener]) client.on('error', onError)
  await talker.connect()
  await listener.connect()
  await listener.subscribe(channel, (message) => {
    const [companyId, head] = message.split('\n')
    if (companyId !== undefined && head !== undefined) onNews(companyId, Number(head))
  })
  return {
    ring(companyId, head) {
      if (talker.isReady) talker.publish(channel, `${companyId}\n${head}`).catch(onError)
    },
    check: () => talker.ping(),
    async close() {
      await Promise.allSettled([listener.close(), talker.close()])
    },
  }
}
