// Comma-separated text as RFC 4180 has it, in which no cell is taken for a formula.

/** Excel reads a file as UTF-8 only when it begins so. */
export const byteOrderMark = '\ufeff'

export const delimiters = { comma: ',', semicolon: ';', tab: '\t' } as const

/** A number in E.164 is a signed number to every spreadsheet, never a formula: it stays as it is dialled. */
const isTelephone = /^\+[1-9]\d{1,14}$/
/**
 * What a spreadsheet may take for the beginning of a formula: the signs, also their full-width forms, also behind quotes,
 * blanks and control characters, which some programs cut off first.
 */
// oxlint-disable-next-line no-control-regex
const beginsFormula = /^(?:[\s"'\u0000-\u001f\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n\u0000])/

/** The text with an apostrophe before it where a spreadsheet could run it. */
export function guardCell(text: string): string {
  return beginsFormula.test(text) && !isTelephone.test(text) ? `'${text}` : text
}

/** One record, with its line end. Text is guarded; numbers are written as they are. */
export function csvRecord(cells: readonly (string | number)[], delimiter: string): string {
  const written = cells.map((cell) => {
    if (typeof cell === 'number') return String(cell)
    const text = guardCell(cell)
    const isPlain = !/["\r\n,;\t]/.test(text) && text.trim() === text
    return isPlain ? text : `"${text.replaceAll('"', '""')}"`
  })
  return `${written.join(delimiter)}\r\n`
}
