// A page that broke says so and offers the way back; the rest of the console is not taken down with it.
import { useRouteError } from 'react-router'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'

/** The error element of every route. */
export function PageFailure() {
  const error = useRouteError()
  return (
    <Notice title="This page broke." urgent>
      <p>Nothing on the calls is affected. {error instanceof Error ? error.message : ''}</p>
      <Button onClick={() => window.location.reload()}>Load it again</Button>
    </Notice>
  )
}
