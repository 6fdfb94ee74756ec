// The door: e-mail and password, one click per person of the demo, or Clerk's own form.
import { PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { Redirect } from 'wouter'
import type { ApiProblem } from '#contract/errors.ts'
import { useConfig } from '#src/app/config-context.ts'
import type { DemoPerson } from '#src/app/env.ts'
import { useSession } from '#src/app/session/session-context.ts'
import { useFrom } from '#src/ui/address.ts'
import { Button } from '#src/ui/button.tsx'
import { later } from '#src/ui/later.tsx'
import { fieldFaults, problemWords } from '#src/ui/problem-words.ts'
import './sign-in-page.css'

const ClerkSignIn = later(
  () => import('#src/app/session/clerk-session.tsx').then((module) => module.ClerkSignIn),
  'The sign-in',
)

/** The published password of the demo; such people exist only where the server says so. */
const demoPassword = 'callboard'

/** `/sign-in`; leads on to where somebody wanted to go. */
export function SignInPage() {
  const { state } = useSession()
  const config = useConfig()
  const from = useFrom() ?? '/live'
  if (state.status === 'signed-in') return <Redirect to={from} replace />
  return (
    <main className="sign-in">
      <section className="sign-in-card">
        <h1>Callboard</h1>
        {state.status === 'signed-out' && state.expired && (
          <p className="sign-in-note" role="status">
            Your session has expired. Sign in again.
          </p>
        )}
        {state.status === 'unreachable' && (
          <div className="sign-in-note tx-attention" role="alert">
            The server cannot be reached.
            <Button onClick={state.retry}>Try again</Button>
          </div>
        )}
        {config.auth === 'clerk' ? (
          <ClerkSignIn fallback={<p className="t3">Loading the sign-in…</p>} />
        ) : (
          <LocalSignIn demo={config.demo} />
        )}
      </section>
    </main>
  )
}

type Faults = { email?: string | undefined; password?: string | undefined; form?: string | undefined }

function faultsOf(problem: ApiProblem): Faults {
  if (problem.status === 401) return { form: 'Email or password is wrong.' }
  const { email, password } = fieldFaults(problem)
  return email || password ? { email, password } : { form: problemWords(problem) }
}

function LocalSignIn({ demo }: { demo: readonly DemoPerson[] }) {
  const { signIn } = useSession()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState<string | null>(null)

  const enter = async (asEmail: string, withPassword: string, who: string) => {
    if (busy !== null) return
    setFaults({})
    setBusy(who)
    const answer = await signIn(asEmail, withPassword)
    setBusy(null)
    if (!answer.ok) setFaults(faultsOf(answer.problem))
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const missing: Faults = {}
    if (!/^\S+@\S+$/.test(email.trim())) missing.email = 'Write your e-mail address.'
    if (password === '') missing.password = 'Write your password.'
    if (missing.email || missing.password) setFaults(missing)
    else void enter(email.trim(), password, 'form')
  }
  return (
    <>
      <form className="sign-in-form" onSubmit={handleSubmit} noValidate>
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          error={faults.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          error={faults.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {faults.form && (
          <p className="tx-act" role="alert">
            {faults.form}
          </p>
        )}
        <Button kind="primary" type="submit" busy={busy === 'form'}>
          {busy === 'form' ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      {demo.length > 0 && (
        <div className="sign-in-demo">
          <h2>Or look around as</h2>
          {companiesOf(demo).map(([company, people]) => (
            <div key={company} role="group" aria-label={company}>
              <p className="label">{company}</p>
              {people.map((person) => (
                <button
                  key={person.email}
                  type="button"
                  className="demo-person"
                  aria-busy={busy === person.email || undefined}
                  onClick={() => void enter(person.email, demoPassword, person.email)}
                >
                  <b>{person.name}</b>{' '}
                  <span>{busy === person.email ? 'signing in…' : roleWords(person.role)}</span>
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </>
  )
}

const roleWords = (role: string) => (role === 'csr' ? 'customer service' : role.replace('_', ' '))

function companiesOf(demo: readonly DemoPerson[]): [string, DemoPerson[]][] {
  const companies = new Map<string, DemoPerson[]>()
  for (const person of demo) companies.set(person.company, [...(companies.get(person.company) ?? []), person])
  return [...companies]
}
