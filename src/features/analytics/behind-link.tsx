// A number that leads to its calls: a real link, so that every way of opening a link works.
import { type ComponentProps, type MouseEvent, createContext, useContext } from 'react'
import { callAddress, callsAddress } from '#contract/call-link.ts'
import { type Leads, isOneCall } from '#contract/charts/chart.ts'

/** Goes to an address of the console without loading the page anew. */
export const GoContext = createContext<(address: string) => void>(() => {})

/** Where a number leads; undefined where no list counts the same. */
export function addressOf(behind: Leads): string | undefined {
  if (behind === null) return undefined
  return isOneCall(behind) ? callAddress(behind.call_id) : callsAddress(behind)
}

/** What a click on a link to `address` does: the browser keeps those that open elsewhere. */
export function useGo(): (event: MouseEvent, address: string | undefined) => void {
  const go = useContext(GoContext)
  return (event, address) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (address === undefined || !isPlain || event.defaultPrevented) return
    event.preventDefault()
    go(address)
  }
}

/** Text that opens the call or the calls behind it; plain text where there is no such list. */
export function BehindLink({ behind, children, ...rest }: { behind: Leads } & ComponentProps<'a'>) {
  const follow = useGo()
  const address = addressOf(behind)
  if (address === undefined) return <span className={rest.className}>{children}</span>
  return (
    <a {...rest} href={address} onClick={(event) => follow(event, address)}>
      {children}
    </a>
  )
}
