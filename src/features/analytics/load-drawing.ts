// The code that draws charts, apart from the pages: it is the largest part, and figures and tables do not wait for it.
import { persistently } from '#src/lib/persistently.ts'

/** Loads it once. */
export const loadDrawing = persistently(() => import('#src/features/analytics/draw-chart.ts'))
