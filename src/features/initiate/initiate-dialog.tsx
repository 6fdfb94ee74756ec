// Calling somebody: the number is checked here, the line is opened by the server, and the new call opens beside the board.
import { Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useDigest, useLiveActions } from '#src/live/use-live.ts'
import { Button } from '#src/ui/button.tsx'
import { fieldFaults, problemWords } from '#src/ui/problem-words.ts'

interface InitiateDialogProps {
  onClose: () => void
  onStarted: (callId: string) => void
}

/** What people type as a number, in E.164 form; null when it cannot be one. Ten digits are read as North American. */
export function dialNumber(typed: string): string | null {
  const digits = typed.replace(/[\s().-]/g, '')
  if (/^\+[1-9]\d{6,14}$/.test(digits)) return digits
  if (/^[2-9]\d{9}$/.test(digits)) return `+1${digits}`
  return /^1[2-9]\d{9}$/.test(digits) ? `+${digits}` : null
}

/** The dialog behind the key `c`. */
export function InitiateDialog({ onClose, onStarted }: InitiateDialogProps) {
  const { commands } = useLiveActions()
  const businesses = useDigest((digest) => digest.businesses)
  const [number, setNumber] = useState('')
  const [businessId, setBusinessId] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const to_number = dialNumber(number)
    if (!to_number) return setFault('Write the number with its country code, for example +1 210 555 0142.')
    setBusy(true)
    setProblem(null)
    const answer = await commands.initiate({ to_number, ...(businessId ? { business_id: businessId } : {}) })
    setBusy(false)
    if (answer.ok) {
      onStarted(answer.value.call.id)
      onClose()
      return
    }
    const faults = fieldFaults(answer.problem)
    setFault(faults['to_number'] ?? null)
    setProblem(faults['to_number'] ? null : problemWords(answer.problem))
  }
  return (
    <Modal opened onClose={onClose} title="New call" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="initiate" onSubmit={handleSubmit} noValidate>
        <TextInput
          data-autofocus
          label="Number"
          type="tel"
          autoComplete="off"
          placeholder="+1 210 555 0142"
          value={number}
          error={fault}
          onChange={(event) => {
            setFault(null)
            setNumber(event.currentTarget.value)
          }}
        />
        <Select
          label="Business"
          placeholder="The usual one"
          data={[...businesses]}
          value={businessId}
          onChange={setBusinessId}
          clearable
        />
        <p className="t3">The AI speaks first. You can step in as on any call.</p>
        {problem && (
          <p className="tx-act" role="alert">
            {problem}
          </p>
        )}
        <div className="initiate-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {busy ? 'Calling…' : 'Call'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
