// Sign-in, the session and its renewal (design: local mode; with Clerk the tokens come from there and these answer 404).
import { z } from 'zod'
import { endpoint } from '#contract/endpoint.ts'
import { roles } from '#contract/permissions.ts'
import { Id, Instant } from '#contract/primitives.ts'

export const Session = z
  .object({
    user_id: Id,
    tenant_id: Id,
    role: z.enum(roles),
    rep_id: Id.nullable().optional(),
    name: z.string().optional(),
    email: z.string().optional(),
    /** Name of the company, for the head of the console. */
    tenant_name: z.string().optional(),
    /** IANA zone of the company: what its days are unless somebody chooses another. */
    tenant_zone: z.string().optional(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const LoginResponse = z
  .object({
    /** Access token, 15 minutes. */
    token: z.string(),
    expires_at: Instant,
    user: Session,
  })
  .meta({ id: 'LoginResponse' })
export type LoginResponse = z.infer<typeof LoginResponse>

export const authLogin = endpoint({
  id: 'auth-login',
  summary: 'Sign in with e-mail and password; sets the refresh cookie',
  method: 'POST',
  path: '/api/v1/auth/login',
  capability: 'public',
  limit: 'auth',
  body: z.object({ email: z.email(), password: z.string().min(1).max(1000) }),
  responses: { 200: LoginResponse },
})

export const authRefresh = endpoint({
  id: 'auth-refresh',
  summary: 'A fresh access token for the refresh cookie, which is rotated',
  method: 'POST',
  path: '/api/v1/auth/refresh',
  capability: 'public',
  limit: 'none',
  responses: { 200: LoginResponse },
  retry: true,
})

export const authLogout = endpoint({
  id: 'auth-logout',
  summary: 'End the session of the refresh cookie',
  method: 'POST',
  path: '/api/v1/auth/logout',
  capability: 'public',
  limit: 'none',
  responses: { 200: z.object({ success: z.boolean() }) },
  retry: true,
})

export const authMe = endpoint({
  id: 'auth-me',
  summary: 'Who the token speaks for',
  method: 'GET',
  path: '/api/v1/auth/me',
  capability: 'signed-in',
  responses: { 200: Session },
})
