// Call control where nobody carries the calls: every command is refused, so a supervisor is told and nothing hangs.
import type { VoicePlatform } from '#server/domain/voice-platform.ts'

export const noPlatform: VoicePlatform = {
  send: async () => ({ state: 'refused', detail: 'No voice platform is connected.' }),
}
