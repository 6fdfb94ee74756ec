// The frame of every export: what will be in the file, in words, its format, what stands in the way, and the wish itself.
import { Modal, SegmentedControl } from '@mantine/core'
import { type FormEvent, Fragment, type ReactNode } from 'react'
import { Button } from '#src/ui/button.tsx'
import './exports.css'

export type ExportFormat = 'csv' | 'pdf'

const formatWords: Record<ExportFormat, string> = {
  csv: 'CSV, for spreadsheets',
  pdf: 'PDF, to read and print',
}

interface ExportFrameProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** The dialog around it, and around what comes of it. */
export function ExportFrame({ title, onClose, children }: ExportFrameProps) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }} size="lg">
      {children}
    </Modal>
  )
}

interface ExportFormProps {
  /** What will be in the file: a name and words each. */
  facts: readonly (readonly [name: string, words: ReactNode])[]
  /** The usual one first. */
  formats: readonly ExportFormat[]
  format: ExportFormat
  onFormat: (format: ExportFormat) => void
  /** Why it cannot be made so, or why it was not. */
  problems: readonly (string | null | false)[]
  /** Beside the buttons. */
  note?: string | null
  /** It cannot be asked for now. */
  refused?: boolean
  busy: boolean
  busyWords: string
  onSubmit: () => Promise<void>
  onClose: () => void
  /** What else can be chosen. */
  children?: ReactNode
}

/** Asks for one export. A second press while the first is under way does nothing. */
export function ExportForm(props: ExportFormProps) {
  const { facts, formats, format, onFormat, problems, note, refused = false } = props
  const { busy, busyWords, onSubmit, onClose, children } = props
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && !refused) void onSubmit()
  }
  return (
    <form className="export-form" onSubmit={handleSubmit}>
      <dl>
        {facts.map(([name, words]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </Fragment>
        ))}
      </dl>
      <SegmentedControl
        aria-label="Format"
        data={formats.map((value) => ({ value, label: formatWords[value] }))}
        value={format}
        onChange={(value) => onFormat(value === 'pdf' ? 'pdf' : 'csv')}
      />
      {children}
      {problems.map(
        (words) =>
          words && (
            <p key={words} className="tx-act" role="alert">
              {words}
            </p>
          ),
      )}
      <div className="export-foot">
        {note && <p className="t3">{note}</p>}
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" data-autofocus busy={busy} aria-disabled={refused || undefined}>
          {busy ? busyWords : 'Export'}
        </Button>
      </div>
    </form>
  )
}
