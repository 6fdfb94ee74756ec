// The theme this person chose, before anything is painted. Whatever is wrong here, the console sets it again when it starts.
;(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('callboard.preferences.2') || '{}')
    const own = (kept.people || {})[kept.owner] || {}
    const theme = own.theme && own.theme.value
    const isLight = theme === 'auto' ? matchMedia('(prefers-color-scheme: light)').matches : theme === 'light'
    if (isLight) document.documentElement.setAttribute('data-mantine-color-scheme', 'light')
  } catch {
    // Dark it is.
  }
})()
