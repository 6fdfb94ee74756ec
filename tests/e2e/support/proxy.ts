// The network between a browser and the server, held in the hand: cut, healed, or gone silent without a word.
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'

export interface Proxy {
  /** Where the browser is to go instead of the server. */
  url: string
  /** Drops every connection and refuses new ones. */
  cut(): Promise<void>
  /** Takes connections again. */
  heal(): Promise<void>
  /** Connections that are open now stay open and carry nothing ever again; new ones work. As after a sleep. */
  strand(): void
  /** Connections taken so far. */
  taken(): number
  close(): Promise<void>
}

interface Pair {
  client: Socket
  upstream: Socket
  stranded: boolean
}

/** A proxy in front of `target`, an http address. */
export async function startProxy({ url: target }: { url: string }): Promise<Proxy> {
  const { hostname, port: targetPort } = new URL(target)
  const pairs = new Set<Pair>()
  let taken = 0

  function join(client: Socket): void {
    taken += 1
    const pair: Pair = { client, upstream: connect(Number(targetPort), hostname), stranded: false }
    pairs.add(pair)
    carry(pair, client, pair.upstream)
    carry(pair, pair.upstream, client)
  }

  function carry(pair: Pair, from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (!pair.stranded) to.write(chunk)
    })
    from.on('end', () => {
      if (!pair.stranded) to.end()
    })
    // A reset on one side is passed on by the close that follows.
    from.on('error', () => undefined)
    from.on('close', () => {
      if (!pair.stranded) to.destroy()
      pairs.delete(pair)
    })
  }

  const listen = (server: Server, port: number) =>
    new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  let server = createServer(join)
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  let open = true

  async function cut(): Promise<void> {
    if (!open) return
    open = false
    const closed = new Promise((resolve) => server.close(resolve))
    for (const { client, upstream } of pairs) {
      client.destroy()
      upstream.destroy()
    }
    await closed
  }

  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    async heal() {
      if (open) return
      server = createServer(join)
      await listen(server, port)
      open = true
    },
    strand() {
      for (const pair of pairs) pair.stranded = true
    },
    taken: () => taken,
    close: cut,
  }
}
