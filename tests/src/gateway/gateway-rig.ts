// A gateway alone with a server that is played by hand, and what happens to a whole line.
import { type GatewayOptions, createGateway } from '#src/gateway/gateway.ts'
import type { GatewayListener } from '#src/gateway/port.ts'
import type { Connection } from '#src/lib/connection.ts'
import { createFakeClock } from '#tests/support/fake-clock.ts'
import { makeCall, makeFrame } from '#tests/support/factories.ts'
import { createFakeTokens, createFakeWire } from '#tests/support/fake-transport.ts'
import type { LiveRig } from '#tests/support/live-rig.ts'

export const start = (rig: LiveRig, id: string): void => {
  const at = new Date(rig.clock.now()).toISOString()
  rig.floor.happen(makeFrame('call.started', { call: makeCall({ id }) }, { at }))
  rig.floor.deliver()
}
export const shown = (rig: LiveRig): string[] => [...rig.store.getState().calls.keys()]

/** A gateway alone, its server played by hand. */
export function alone({ onScreen }: Pick<GatewayOptions, 'onScreen'> = {}) {
  const clock = createFakeClock()
  const wire = createFakeWire()
  const tokens = createFakeTokens()
  const connections: Connection[] = []
  const refused: string[] = []
  const listener: GatewayListener = {
    onFrames: () => {},
    onSnapshot: () => {},
    onSubscribed: () => {},
    onRefused: (stream, code) => refused.push(`${stream} ${code}`),
    onConnection: (connection) => connections.push(connection),
  }
  wire.onConnect = (socket) => socket.open()
  const gateway = createGateway({
    url: 'https://calls.test',
    transport: wire.transport,
    tokens,
    clock,
    page: clock.page,
    listener,
    ...(onScreen ? { onScreen } : {}),
    random: () => 0,
  })
  const heartbeat = (): void =>
    wire.last().say({ event: 'heartbeat', at: new Date(clock.now()).toISOString(), streams: {} })
  return {
    clock,
    wire,
    tokens,
    connections,
    refused,
    gateway,
    heartbeat,
    status: () => connections.at(-1)?.status,
  }
}
