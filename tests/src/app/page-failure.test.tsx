import '#tests/support/browser-stubs.ts'
import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { PageBoundary } from '#src/app/pages/page-failure.tsx'

afterEach(cleanup)

function Broken(): never {
  throw new Error('No such column.')
}

test('a page that breaks says so where it stood, and another address is another try', () => {
  // React tells of what was caught.
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const at = (path: string, page: ReactNode) => (
    <MantineProvider env="test">
      <p>The frame</p>
      <PageBoundary path={path}>{page}</PageBoundary>
    </MantineProvider>
  )
  const { rerender } = render(at('/live', <Broken />))
  expect(screen.getByText('The frame')).toBeVisible()
  expect(screen.getByText('This page broke.')).toBeVisible()
  expect(screen.getByText(/No such column\./)).toBeVisible()
  expect(screen.getByRole('button', { name: 'Load it again' })).toBeVisible()
  rerender(at('/live', <p>The board</p>))
  expect(screen.getByText('This page broke.')).toBeVisible()
  rerender(at('/calls', <p>All calls</p>))
  expect(screen.getByText('All calls')).toBeVisible()
  expect(told).toHaveBeenCalled()
  told.mockRestore()
})
