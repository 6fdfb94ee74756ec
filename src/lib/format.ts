// Numbers as they stand on the screen: telephone numbers, moods, shares, counts.

const counts = new Intl.NumberFormat('en-US')

/** E.164 made readable: `+12105550142` → `(210) 555-0142`; other countries in groups; anything else as it is. */
export function formatPhone(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number)
  if (american) return `(${american[1]}) ${american[2]}-${american[3]}`
  const digits = /^\+(\d{7,15})$/.exec(number)?.[1]
  if (!digits) return number
  const code = countryCode(digits)
  return `+${code} ${groups(digits.slice(code.length))}`
}

/** Countries whose code has one or two digits; all others have three. */
function countryCode(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1)
  const two =
    /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/.exec(digits)?.[0] ?? digits.slice(0, 3)
  return two
}

/** Threes from the left, never a single digit left over. */
function groups(digits: string): string {
  const parts = digits.match(/\d{1,3}/g) ?? []
  const last = parts.at(-1)
  const before = parts.at(-2)
  if (last?.length === 1 && before) parts.splice(-2, 2, before + last)
  return parts.join(' ')
}

/** A score of 0–1 as a mood of −1.0 to +1.0, with a real minus sign: 0.7 → `+0.4`. */
export function formatMood(score: number): string {
  const mood = Math.round((score * 2 - 1) * 10) / 10
  if (mood === 0) return '0.0'
  return `${mood < 0 ? '−' : '+'}${Math.abs(mood).toFixed(1)}`
}

/** A share of 0–1 as a whole per cent: 0.823 → `82 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A count with thousands apart: `1,204`. */
export function formatCount(count: number): string {
  return counts.format(count)
}
