// The themes a person can choose, by name.

export const schemes = [
  { value: 'dark', name: 'Dark' },
  { value: 'light', name: 'Light' },
  { value: 'auto', name: 'As the system' },
] as const

/** The theme a control names; dark for what is none. */
export const schemeOf = (value: string) => schemes.find((scheme) => scheme.value === value)?.value ?? 'dark'
