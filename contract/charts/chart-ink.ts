// Which colour a meaning has: read from the tokens of the theme on screen, fixed on paper.
import type { Ink } from '#contract/charts/chart.ts'

/** CSS colours that the canvas understands, and the type's family. */
export interface ChartInk extends Readonly<Record<Ink, string>> {
  text: string
  quiet: string
  axis: string
  grid: string
  edge: string
  surface: string
  font: string
}

/** The custom property of `src/ui/tokens.css` behind each. */
export const inkTokens: Readonly<Record<keyof ChartInk, string>> = {
  first: '--series-1',
  second: '--series-2',
  third: '--series-3',
  fourth: '--series-4',
  plain: '--border-3',
  attention: '--st-attention',
  negative: '--mood-n2',
  neutral: '--mood-0',
  positive: '--mood-p2',
  earlier: '--series-8',
  text: '--text-1',
  quiet: '--text-2',
  axis: '--chart-axis',
  grid: '--chart-grid',
  edge: '--border-3',
  surface: '--surface-1',
  font: '--font-ui',
}

/** For white paper: the light theme. */
export const paperInk: ChartInk = {
  first: '#2489bf',
  second: '#b27600',
  third: '#00845f',
  fourth: '#b25587',
  plain: '#76828f',
  attention: '#a36600',
  negative: '#c2502f',
  neutral: '#76828f',
  positive: '#1477b3',
  earlier: '#6b7784',
  text: '#0f161e',
  quiet: '#3d4855',
  axis: '#586472',
  grid: '#e3e8ed',
  edge: '#76828f',
  surface: '#ffffff',
  font: 'Inter, sans-serif',
}
