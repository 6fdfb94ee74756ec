// The whole of a text that is cut, and a mood in words, as the tip of what the pointer is on, and of nothing else: written into every row
// with every line, the browser would have to look at the style of each of them anew.

const told = '.clip, [role="img"][aria-label]'

/** What the tip says; empty where all of it is on screen. */
function tipOf(element: HTMLElement): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label
  const cut = element.querySelector('bdi') ?? element
  return cut.scrollWidth > cut.clientWidth || element.scrollWidth > element.clientWidth ? cut.textContent : ''
}

/** Gives what the pointer is on its tip, and takes it away when the pointer leaves. Returns the end of it. */
export function tellWholeText(canvas: HTMLElement): () => void {
  let on: HTMLElement | null = null
  const leave = (): void => {
    on?.removeAttribute('title')
    on = null
  }
  const look = ({ target }: Event): void => {
    // What has a tip of its own inside, as the sign of an act, keeps it.
    const next = target instanceof Element ? target.closest(told) : null
    if (next !== on) leave()
    if (!(next instanceof HTMLElement)) return
    const tip = tipOf(next)
    if (tip === '') leave()
    else if (next.title !== tip) {
      on = next
      next.title = tip
    }
  }
  canvas.addEventListener('pointerover', look)
  canvas.addEventListener('pointermove', look)
  canvas.addEventListener('pointerleave', leave)
  return () => {
    canvas.removeEventListener('pointerover', look)
    canvas.removeEventListener('pointermove', look)
    canvas.removeEventListener('pointerleave', leave)
    leave()
  }
}
