// Where the transfer of the open call meets the claim: an act that comes second can be done by taking the call over.
import { type ComponentProps, useState } from 'react'
import { useAttempt } from '#src/features/intervene/use-attempt.tsx'
import { TransferPanel } from '#src/features/transfer/transfer-panel.tsx'
import { problemWords } from '#src/ui/problem-words.ts'

type TransferSlotProps = Omit<ComponentProps<typeof TransferPanel>, 'attempt' | 'problem' | 'onSettled'>

/** The panel of one call; give it the call's id as its key. */
export function TransferSlot(props: TransferSlotProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const { attempt, dialog } = useAttempt(props.callId, (answer) => {
    setProblem(answer.ok ? null : problemWords(answer.problem))
    return answer.ok
  })
  return (
    <>
      <TransferPanel {...props} attempt={attempt} problem={problem} onSettled={() => setProblem(null)} />
      {dialog}
    </>
  )
}
