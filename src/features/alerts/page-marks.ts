// The silent twins of a cue: the count in the page's title and on its icon.

const brand = 'Callboard'
const icon = (count: string, fill: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="4" fill="#0a0d11"/><rect x="3" y="4.5" width="14" height="4" rx="1" fill="#6cb0ff"/><rect x="3" y="10" width="9" height="2.5" rx="1" fill="#adb7c3"/><circle cx="13.5" cy="13.5" r="6.5" fill="${fill}"/><text x="13.5" y="16.6" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="9" fill="#fff">${count}</text></svg>`,
  )}`

/** The title with the count before it. */
export function titleWith(count: number, title: string): string {
  const plain = title.replace(/^\(\d+\+?\) /, '') || brand
  return count === 0 ? plain : `(${count > 99 ? '99+' : count}) ${plain}`
}

/** Writes the count of active alerts to title and icon; 0 takes it away. */
export function markPage(page: Document, count: number, hasCritical: boolean): void {
  const title = titleWith(count, page.title)
  if (page.title !== title) page.title = title
  const link = page.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (!link) return
  link.dataset.plain ??= link.href
  const href =
    count === 0
      ? link.dataset.plain
      : icon(count > 9 ? '9+' : String(count), hasCritical ? '#c4241b' : '#a36600')
  if (link.href !== href) link.href = href
}
