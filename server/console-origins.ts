// With which other origins the console may speak, and from which it may come.
import type { ClerkConfig } from '#server/config.ts'
import type { PolicySources } from '#server/http/security-headers.ts'

/** What Clerk's sign-in needs of the content security policy. */
export function clerkSources({ frontendOrigin, scriptUrl }: ClerkConfig): PolicySources {
  return {
    clerkOrigin: frontendOrigin,
    clerkScriptOrigin: scriptUrl ? new URL(scriptUrl).origin : undefined,
  }
}

/** True when a page of `origin` is one of this server, which is asked as `host`. */
export function isOwn(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
