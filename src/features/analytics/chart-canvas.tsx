// A chart that can be pointed at, walked by keys and opened: one link over the picture leads where its point does.
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Chart, ChartSize } from '#contract/charts/chart.ts'
import type { ChartInk } from '#contract/charts/chart-ink.ts'
import { chartOption } from '#contract/charts/chart-option.ts'
import { type ChartPoint, chartPoints } from '#contract/charts/chart-points.ts'
import { addressOf, useGo } from '#src/features/analytics/behind-link.tsx'
import { ChartTip } from '#src/features/analytics/chart-tip.tsx'
import type { Drawing } from '#src/features/analytics/draw-chart.ts'
import { loadDrawing } from '#src/features/analytics/load-drawing.ts'
import { pointAt, walk } from '#src/features/analytics/point-walk.ts'

interface ChartCanvasProps {
  chart: Chart
  ink: ChartInk
  height: number
}

interface Active {
  series: number
  index: number
  by: 'pointer' | 'key'
}

/** The picture, its point and what is said of it. */
export function ChartCanvas({ chart, ink, height }: ChartCanvasProps) {
  const host = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const pixels = useRef(new Map<ChartPoint, readonly [number, number] | null>())
  const [width, setWidth] = useState(0)
  const [drawn, setDrawn] = useState(0)
  const [active, setActive] = useState<Active | null>(null)
  const follow = useGo()
  const hintId = useId()
  const points = useMemo(() => chartPoints(chart), [chart])
  const point = active
    ? (points.find(({ series, index }) => series === active.series && index === active.index) ?? null)
    : null
  const address = point ? addressOf(point.behind) : undefined

  useLayoutEffect(() => {
    const element = host.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const size = useMemo<ChartSize>(() => ({ width, height }), [width, height])
  useEffect(() => {
    const element = host.current
    if (!element || size.width === 0) return
    let isWanted = true
    void loadDrawing().then(({ createDrawing }) => {
      if (!isWanted) return
      drawing.current ??= createDrawing(element)
      drawing.current.draw(chartOption(chart, ink, size), size)
      pixels.current.clear()
      setDrawn((count) => count + 1)
    })
    return () => {
      isWanted = false
    }
  }, [chart, ink, size])
  useEffect(
    () => () => {
      drawing.current?.dispose()
      drawing.current = null
    },
    [],
  )
  const isCells = chart.form === 'columns' || chart.form === 'ranks' || chart.form === 'heat'
  useEffect(() => {
    if (isCells) drawing.current?.mark(point ? { series: point.series, index: point.index } : null)
  }, [isCells, point, drawn])

  const pixelOf = (one: ChartPoint) => {
    const known = pixels.current.get(one)
    if (known !== undefined) return known
    const at = drawing.current?.pixelOf(one.x, one.y) ?? null
    pixels.current.set(one, at)
    return at
  }
  const pointed = (event: PointerEvent): ChartPoint | null => {
    const box = host.current?.getBoundingClientRect()
    if (!box) return null
    return pointAt(chart.form, points, pixelOf, [event.clientX - box.left, event.clientY - box.top])
  }
  const touched = useRef(false)
  const handlePointer = (event: PointerEvent) => {
    const next = pointed(event)
    // A finger that comes to a point sees it first; the second tap opens it.
    if (event.type === 'pointerdown')
      touched.current =
        event.pointerType === 'touch' && (next?.index !== active?.index || next?.series !== active?.series)
    if (next?.index === active?.index && next?.series === active?.series) return
    setActive(next && { series: next.series, index: next.index, by: 'pointer' })
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && active) {
      event.preventDefault()
      setActive(null)
      return
    }
    if (event.key === 'Enter' && address !== undefined) {
      event.preventDefault()
      if (event.metaKey || event.ctrlKey) window.open(address, '_blank', 'noopener')
      else host.current?.closest('a')?.click()
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
    const next = walk(chart.form, points, point, event.key)
    if (!next) return
    event.preventDefault()
    setActive({ series: next.series, index: next.index, by: 'key' })
  }
  const words =
    point && [point.place, point.partial ? 'so far' : '', point.name, point.value].filter(Boolean).join(', ')
  return (
    <div
      className="an-chart"
      role="application"
      aria-roledescription="chart"
      aria-label={chart.title}
      aria-describedby={hintId}
      tabIndex={0}
      onKeyDown={handleKey}
      onBlur={() => setActive(null)}
      style={{ height }}
    >
      <span id={hintId} className="sr-only">
        Arrow keys move over the points, Enter opens{' '}
        {chart.form === 'cloud' ? 'the call' : 'the calls behind one'}. The button “Table” shows the same
        numbers as a table.
      </span>
      <a
        className="an-chart-link"
        href={address}
        tabIndex={-1}
        aria-label={address === undefined ? undefined : (words ?? chart.title)}
        onPointerMove={handlePointer}
        onPointerDown={handlePointer}
        onPointerLeave={() => setActive((before) => (before?.by === 'pointer' ? null : before))}
        onClick={(event) => {
          if (touched.current) event.preventDefault()
          touched.current = false
          follow(event, address)
        }}
      >
        <div ref={host} className="an-canvas" aria-hidden="true" />
      </a>
      {point && drawn > 0 && (
        <ChartTip
          chart={chart}
          points={points}
          point={point}
          at={pixelOf(point)}
          size={size}
          byKey={active?.by === 'key'}
        />
      )}
      <span className="sr-only" aria-live="polite">
        {active?.by === 'key' ? words : ''}
      </span>
    </div>
  )
}
