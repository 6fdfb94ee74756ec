// The console's configuration and HTTP client for whoever in `app` needs them.
import { createContext, useContext } from 'react'
import type { Api } from '#src/lib/api.ts'
import type { ConsoleConfig } from '#src/app/env.ts'

export const ConfigContext = createContext<ConsoleConfig | null>(null)
export const ApiContext = createContext<Api | null>(null)

/** Which server this console belongs to. */
export function useConfig(): ConsoleConfig {
  const config = useContext(ConfigContext)
  if (!config) throw new Error('ConfigContext is missing above this component')
  return config
}

/** The HTTP client of the signed-in person. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('ApiContext is missing above this component')
  return api
}
