// How tabs of one browser talk about their common session: a broadcast channel and a lock.
import type { TabChannel } from '#src/gateway/session.ts'

const channelName = 'callboard-session'
const lockName = 'callboard-refresh'
const markName = 'callboard-signed-in'

/** The browser's channel and lock; without them (old browser, no secure context) every tab is on its own. */
export function browserTabs(): TabChannel {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName)
  return {
    post: (message) => channel?.postMessage(message),
    listen(listener) {
      const onMessage = ({ data }: MessageEvent): void => listener(data)
      channel?.addEventListener('message', onMessage)
      return () => channel?.removeEventListener('message', onMessage)
    },
    // Absent outside secure contexts, although the types say otherwise.
    exclusively: async (run) =>
      (navigator as { locks?: LockManager }).locks ? navigator.locks.request(lockName, run) : run(),
    isMarked: () => localStorage.getItem(markName) !== null,
    mark: (signedIn) => (signedIn ? localStorage.setItem(markName, '1') : localStorage.removeItem(markName)),
  }
}
