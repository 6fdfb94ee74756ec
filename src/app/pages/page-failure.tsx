// A page that broke says so and offers the way back; the rest of the console is not taken down with it.
import { Component, type ReactNode } from 'react'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'

interface PageBoundaryProps {
  /** Another address is another try. */
  path: string
  children: ReactNode
}

interface Standing {
  path: string
  broke: { error: unknown } | null
}

/** Around every page, and around the frame. */
export class PageBoundary extends Component<PageBoundaryProps, Standing> {
  override state: Standing = { path: this.props.path, broke: null }

  static getDerivedStateFromError(error: unknown): Partial<Standing> {
    return { broke: { error } }
  }

  static getDerivedStateFromProps({ path }: PageBoundaryProps, before: Standing): Standing | null {
    return path === before.path ? null : { path, broke: null }
  }

  override render(): ReactNode {
    const { broke } = this.state
    return broke ? <PageFailure error={broke.error} /> : this.props.children
  }
}

function PageFailure({ error }: { error: unknown }) {
  return (
    <Notice title="This page broke." urgent>
      <p>Nothing on the calls is affected. {error instanceof Error ? error.message : ''}</p>
      <Button onClick={() => window.location.reload()}>Load it again</Button>
    </Notice>
  )
}
