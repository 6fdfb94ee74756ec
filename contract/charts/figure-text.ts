// Numbers of analytics in words: the same on tiles, axes, tables and paper.

/** `percent` 0–100, `score` 0–1, `mood` 0–1 shown as −1 to +1, `seconds` as a time. */
export type Unit = 'count' | 'percent' | 'score' | 'mood' | 'seconds'

/** No rate is said of fewer calls. */
export const leastCalls = 20
/** What stands instead. */
export const tooFew = `no rate on fewer than ${leastCalls} calls`
export const noFigure = '—'

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const two = (value: number): string => String(value).padStart(2, '0')

function timeText(seconds: number): string {
  const whole = Math.round(seconds)
  const hours = Math.floor(whole / 3600)
  const rest = `${hours > 0 ? two(Math.floor(whole / 60) % 60) : Math.floor(whole / 60)}:${two(whole % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

const signed = (value: number, digits: number): string => {
  const text = Math.abs(value).toFixed(digits)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}

/** A value with its unit: `1,204`, `8.4 %`, `0.86`, `+0.2`, `3:58`. */
export function figureText(unit: Unit, value: number): string {
  switch (unit) {
    case 'count':
      return counts.format(value)
    case 'percent':
      return `${counts.format(value)} %`
    case 'score':
      return value.toFixed(2)
    case 'mood':
      return signed(value * 2 - 1, 1)
    case 'seconds':
      return timeText(value)
  }
}

/** `1 call`, `1,204 calls`. */
export const countedText = (count: number, noun: string): string =>
  `${figureText('count', count)} ${count === 1 ? noun : `${noun}s`}`

/** A value where there may be none. */
export const figureOr = (unit: Unit, value: number | null): string =>
  value === null ? noFigure : figureText(unit, value)

/** How a value differs from an earlier one: `+6.4 %` of counts, `−1.0 points` of rates, `+0:11` of times. */
export function changeText(unit: Unit, now: number, before: number): string {
  switch (unit) {
    case 'count':
      // A share of a handful says nothing.
      return before < leastCalls ? signed(now - before, 0) : `${signed(((now - before) / before) * 100, 1)} %`
    case 'percent':
      return `${signed(now - before, 1)} points`
    case 'score':
      return signed(now - before, 2)
    case 'mood':
      return signed((now - before) * 2, 2)
    case 'seconds': {
      const text = timeText(Math.abs(now - before))
      return text === '0:00' ? text : `${now < before ? '−' : '+'}${text}`
    }
  }
}
