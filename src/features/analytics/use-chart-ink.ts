// The colours of the theme on screen, read again when the scheme changes.
import { useSyncExternalStore } from 'react'
import { type ChartInk, inkTokens } from '#contract/charts/chart-ink.ts'

let current: ChartInk | null = null

function read(): ChartInk {
  const styles = getComputedStyle(document.documentElement)
  const entries = Object.entries(inkTokens).map(([name, token]) => [
    name,
    styles.getPropertyValue(token).trim(),
  ])
  const next = Object.fromEntries(entries) as unknown as ChartInk
  const isSame =
    current &&
    Object.keys(inkTokens).every((name) => current?.[name as keyof ChartInk] === next[name as keyof ChartInk])
  if (!current || !isSame) current = next
  return current
}

function watch(wake: () => void): () => void {
  const observer = new MutationObserver(wake)
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-mantine-color-scheme', 'data-look'],
  })
  return () => observer.disconnect()
}

/** The same object until a colour is another one. */
export const useChartInk = (): ChartInk => useSyncExternalStore(watch, read, read)
